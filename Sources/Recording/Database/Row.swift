// One row of an answer, read from left to right.

/// The values of one row in the order of the select list; each `next()` reads one column.
struct Row: Sendable {
    private let values: [SQLValue]
    private var position = 0

    init(_ values: [SQLValue]) { self.values = values }

    /// The next column as the type that the caller expects. Throws `schema` when the column holds something else: the row is not one of ours.
    mutating func next<Value: Storable>(_ type: Value.Type = Value.self) throws -> Value {
        guard position < values.count else {
            throw RecordingError(.schema, subject: "the record", detail: "an answer has only \(values.count) columns")
        }
        defer { position += 1 }
        guard let value = Value(stored: values[position]) else {
            throw RecordingError(.schema, subject: "the record", detail: "column \(position + 1) of an answer does not hold a \(Value.self)")
        }
        return value
    }

    /// Passes over columns that the caller does not need.
    mutating func skip(_ count: Int) { position += count }
}
