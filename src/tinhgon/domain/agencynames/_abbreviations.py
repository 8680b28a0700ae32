from __future__ import annotations

# What officials write short, after folding and without signs → the words, without "và". Only
# whole words are replaced.
ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "vpubnd": "van phong uy ban nhan dan",
    "vp": "van phong",
    "bql": "ban quan ly",
    "kkt": "khu kinh te",
    "kktck": "khu kinh te cua khau",
    "ttpvhcc": "trung tam phuc vu hanh chinh cong",
    "ttp": "thanh tra tinh",
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "nnptnt": "nong nghiep phat trien nong thon",
    "ptnt": "phat trien nong thon",
    "nnmt": "nong nghiep moi truong",
    "tnmt": "tai nguyen moi truong",
    "khdt": "ke hoach dau tu",
    "khcn": "khoa hoc cong nghe",
    "gddt": "giao duc dao tao",
    "gtvt": "giao thong van tai",
    "ldtbxh": "lao dong thuong binh xa hoi",
    "tttt": "thong tin truyen thong",
    "vhttdl": "van hoa the thao du lich",
    "vhtt": "van hoa the thao",
    "dttg": "dan toc ton giao",
    "pvhcc": "phuc vu hanh chinh cong",
}

# Written in pieces: "NN & PTNT", "LĐ-TB&XH", "VH,TT&DL". Joined before the words are looked up.
PIECES = (
    ("nn", "ptnt"),
    ("nn", "mt"),
    ("tn", "mt"),
    ("kh", "dt"),
    ("kh", "cn"),
    ("gd", "dt"),
    ("ld", "tb", "xh"),
    ("ld", "tbxh"),
    ("ldtb", "xh"),
    ("tt", "tt"),
    ("vh", "tt", "dl"),
    ("vhtt", "dl"),
    ("vh", "ttdl"),
    ("vh", "tt"),
    ("dt", "tg"),
)
