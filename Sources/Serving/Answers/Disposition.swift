// `Content-Disposition` with a file name that cannot break the header (RFC 6266).

enum Disposition {
    /// `attachment; filename="ascii"; filename*=UTF-8''…`: the second form only where the first cannot say it.
    static func header(_ kind: String, fileName: String) -> String {
        let plain = String(decoding: fileName.utf8.map { isPlain($0) ? $0 : UInt8(ascii: "_") }, as: UTF8.self)
        let header = "\(kind); filename=\"\(plain)\""
        return plain == fileName ? header : header + "; filename*=UTF-8''" + PercentCoding.encode(fileName)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 32: true
        default: false
        }
    }
}
