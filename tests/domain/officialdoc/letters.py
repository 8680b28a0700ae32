"""Letters of our own writing, in the forms in which such letters come."""

DIRECTIVE_LETTER = """\
ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 512/UBND-KSTT
Lạng Sơn, ngày 04 tháng 3 năm 2025
V/v đôn đốc chuẩn hóa quy trình
tiếp nhận hồ sơ nội bộ

Kính gửi:
- Các sở, ban, ngành thuộc tỉnh;
- Ủy ban nhân dân các huyện, thành phố.

Để hoàn thành kế hoạch năm, Ủy ban nhân dân tỉnh yêu cầu các đơn vị thực hiện các việc sau:

1. Các sở, ban, ngành thuộc tỉnh:
a) Lập danh sách quy trình nội bộ trước ngày 15/4/2025;
b) Gửi danh sách về Văn phòng Ủy ban nhân dân tỉnh:
- Bản giấy có ký, đóng dấu;
- Bản điện tử có ký số.
Thời gian hoàn thành trước ngày 20/4/2025.
2. Sở Khoa học và Công nghệ
Cấp tài khoản cho người được cử làm đầu mối.
Hướng dẫn sử dụng phần mềm.
3. Văn phòng Ủy ban nhân dân tỉnh theo dõi, tổng hợp.

Ủy ban nhân dân tỉnh yêu cầu các đơn vị khẩn trương thực hiện./.

Nơi nhận:
- Như trên;
- Chủ tịch, các Phó Chủ tịch (b/c);
- Lưu: VT, KSTT (An).
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nông Văn Mẫu
"""

DECISION = """\
UBND TỈNH LẠNG SƠN
SỞ NỘI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 07/QĐ-SNV
Lạng Sơn, ngày 02 tháng 01 năm 2025

QUYẾT ĐỊNH
Về việc ban hành danh mục quy trình nội bộ

GIÁM ĐỐC SỞ NỘI VỤ

Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;
Căn cứ Kế hoạch công tác năm;
Theo đề nghị của Chánh Văn phòng Sở.

QUYẾT ĐỊNH:

Điều 1. Ban hành kèm theo Quyết định này danh mục quy trình nội bộ.
Điều 2. Quyết định này có hiệu lực từ ngày ký.
Điều 3. Chánh Văn phòng Sở và các phòng chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
GIÁM ĐỐC

Hoàng Thị Mẫu

PHỤ LỤC I
DANH MỤC QUY TRÌNH
(Kèm theo Quyết định số 07/QĐ-SNV ngày 02/01/2025 của Sở Nội vụ)
STT | Tên quy trình | Đơn vị
I. LĨNH VỰC TỔ CHỨC
1 | Cử người đi học | Phòng Tổ chức
2 | Xếp lương | Phòng Tổ chức
"""
