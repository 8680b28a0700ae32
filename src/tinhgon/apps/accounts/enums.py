from __future__ import annotations

AUDIT_KINDS = {
    "accounts.created": "Tạo tài khoản",
    "accounts.invited": "Mời người dùng",
    "accounts.person_changed": "Sửa thông tin người dùng",
    "accounts.position_given": "Giao vị trí công tác",
    "accounts.position_ended": "Kết thúc vị trí công tác",
    "accounts.deactivated": "Ngừng tài khoản",
    "accounts.reactivated": "Cho dùng lại tài khoản",
    "accounts.role_loaded": "Nạp vai trò",
    "accounts.signed_in": "Đăng nhập",
    "accounts.locked_out": "Tạm khóa do đăng nhập sai",
    "accounts.password_set": "Đặt mật khẩu",
    "accounts.sessions_ended": "Kết thúc phiên đăng nhập",
    "accounts.totp_added": "Bật ứng dụng xác thực",
    "accounts.totp_removed": "Tắt ứng dụng xác thực",
    "accounts.key_added": "Thêm khóa bảo mật",
    "accounts.key_removed": "Gỡ khóa bảo mật",
    "accounts.recovery_codes_made": "Tạo mã dự phòng",
}
