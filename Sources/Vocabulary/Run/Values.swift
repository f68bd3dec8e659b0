// Parameters, metrics, snapshots and outputs: what a run was given and what it gave.

/// The value of a parameter. Dates are text of the form `2026-03-08`; choices are text.
package enum ParameterValue: Hashable, Sendable, Codable {
    case integer(Int64)
    case number(Double)
    case boolean(Bool)
    case string(String)

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Bool.self) { self = .boolean(value) }
        else if let value = try? container.decode(Int64.self) { self = .integer(value) }
        else if let value = try? container.decode(Double.self) { self = .number(value) }
        else { self = .string(try container.decode(String.self)) }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .boolean(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        }
    }

    /// As the job sees it in `ALMANAC_PARAMETER_<NAME>`.
    package var text: String {
        switch self {
        case .integer(let value): String(value)
        case .number(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        case .boolean(let value): value ? "true" : "false"
        case .string(let value): value
        }
    }
}

/// One measured value; a value that was not a finite number is nil with the text that stood there as the reason.
package struct Metric: Hashable, Sendable, Codable {
    package let name: String
    package let value: Double?
    /// `NaN`, `Infinity` or `-Infinity` when `value` is nil.
    package let noValueReason: String?
    package let step: Int64?
    package let slice: String?

    package init(name: String, value: Double?, noValueReason: String? = nil, step: Int64? = nil, slice: String? = nil) {
        self.name = name
        self.value = value
        self.noValueReason = noValueReason
        self.step = step
        self.slice = slice
    }
}

/// What an input was when a run read it.
package struct Snapshot: Hashable, Sendable, Codable {
    package let input: String
    /// File name that the job saw, such as `passengers.csv`.
    package let fileName: String
    package let sha256: Digest
    package let bytes: Int64
    /// Where it came from, for people: a path, an address without its query, `other-job/forecast, edition 12`.
    package let origin: String

    package init(input: String, fileName: String, sha256: Digest, bytes: Int64, origin: String) {
        self.input = input
        self.fileName = fileName
        self.sha256 = sha256
        self.bytes = bytes
        self.origin = origin
    }
}

/// A file that a run left in its outputs folder, durable as an artifact.
package struct Output: Hashable, Sendable, Codable {
    /// The declared name, or the path for an undeclared file.
    package let name: String
    /// Path inside the outputs folder.
    package let path: String
    package let declared: Bool
    package let sha256: Digest
    package let bytes: Int64
    /// Data rows of a CSV, header not counted.
    package let rows: Int64?
    /// Header of a CSV.
    package let columns: [String]?

    package init(name: String, path: String, declared: Bool, sha256: Digest, bytes: Int64, rows: Int64? = nil, columns: [String]? = nil) {
        self.name = name
        self.path = path
        self.declared = declared
        self.sha256 = sha256
        self.bytes = bytes
        self.rows = rows
        self.columns = columns
    }

    /// Lower-case ending of `path` without the dot, or an empty text.
    package var ending: String {
        let file = path.split(separator: "/").last ?? ""
        guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return "" }
        return file[file.index(after: dot)...].lowercased()
    }
}

/// What an attempt used, as far as the machine could tell.
package struct ResourceUse: Hashable, Sendable, Codable {
    package let cpuMilliseconds: Int64?
    package let peakMemoryBytes: Int64?
    package let readBytes: Int64?
    package let writtenBytes: Int64?

    package init(cpuMilliseconds: Int64? = nil, peakMemoryBytes: Int64? = nil, readBytes: Int64? = nil, writtenBytes: Int64? = nil) {
        self.cpuMilliseconds = cpuMilliseconds
        self.peakMemoryBytes = peakMemoryBytes
        self.readBytes = readBytes
        self.writtenBytes = writtenBytes
    }
}
