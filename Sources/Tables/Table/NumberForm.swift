// How numbers are written in a file, and numbers whose thousands are divided.

/// The signs within numbers.
struct NumberForm {
    /// `.` or `,`.
    let decimal: UInt8
    /// The other one, where it divides thousands; 0 where that is not clear.
    let group: UInt8
    /// Whether a plain space divides thousands, as where decimals are commas. Elsewhere it stands in telephone numbers and postal codes.
    let hasSpaces: Bool

    static let points = NumberForm(decimal: UInt8(ascii: "."), group: UInt8(ascii: ","), hasSpaces: false)
    static let commas = NumberForm(decimal: UInt8(ascii: ","), group: UInt8(ascii: "."), hasSpaces: true)

    init(decimal: UInt8, group: UInt8, hasSpaces: Bool) {
        self.decimal = decimal
        self.group = group
        self.hasSpaces = hasSpaces
    }

    init(_ dialect: CSVDialect) {
        let form = dialect.decimal == UInt8(ascii: ",") ? NumberForm.commas : NumberForm.points
        self.init(decimal: form.decimal, group: dialect.hasClearThousands ? form.group : 0, hasSpaces: form.hasSpaces)
    }

    /// The number without what divides its thousands, or nil when nothing does, or not as it should: groups of three digits behind one to three, all
    /// divided by the same sign (the form's, an apostrophe or a space).
    @inline(never)
    func ungrouped(_ cell: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        guard (5...40).contains(cell.count) else { return nil }
        var plain: [UInt8] = []
        var index = 0
        if cell[0] == UInt8(ascii: "-") || cell[0] == UInt8(ascii: "+") {
            plain.append(cell[0])
            index = 1
        }
        let start = index
        while index < cell.count, cell[index] &- 48 < 10 { index += 1 }
        guard (1...3).contains(index - start), cell[start] != 48 else { return nil }
        plain += cell[start..<index]
        var sign: Slice<UnsafeBufferPointer<UInt8>>?
        while index < cell.count, cell[index] != decimal {
            let length = signLength(cell, index)
            guard length > 0, index + length + 3 <= cell.count else { return nil }
            let here = cell[index..<index + length]
            if let sign { guard sign.elementsEqual(here) else { return nil } } else { sign = here }
            index += length
            for _ in 0..<3 {
                guard cell[index] &- 48 < 10 else { return nil }
                plain.append(cell[index])
                index += 1
            }
        }
        guard sign != nil else { return nil }
        return plain + cell[index...]
    }

    private func signLength(_ cell: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        switch cell[index] {
        case 0: 0
        case group, UInt8(ascii: "'"): 1
        case 32: hasSpaces ? 1 : 0
        // A space that does not break, as UTF-8.
        case 0xC2: index + 1 < cell.count && cell[index + 1] == 0xA0 ? 2 : 0
        // A narrow one, a thin one, an apostrophe.
        case 0xE2:
            index + 2 < cell.count && cell[index + 1] == 0x80 && [0xAF, 0x89, 0x99].contains(cell[index + 2]) ? 3 : 0
        default: 0
        }
    }
}
