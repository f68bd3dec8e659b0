// The values that go into statements and come out of rows, and how the house's own types stand in them.
import Vocabulary

/// One value of a column, as every driver understands it.
enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}

/// A type that can be a statement's argument and be read from a row.
protocol Storable: Sendable {
    var stored: SQLValue { get }
    /// The value that stands in a column, or nil when the column holds something else.
    init?(stored: SQLValue)
}

extension SQLValue: Storable {
    var stored: SQLValue { self }
    init?(stored: SQLValue) { self = stored }
}

extension String: Storable {
    var stored: SQLValue { .text(self) }
    init?(stored: SQLValue) {
        guard case .text(let text) = stored else { return nil }
        self = text
    }
}

extension Int64: Storable {
    var stored: SQLValue { .integer(self) }
    init?(stored: SQLValue) {
        guard case .integer(let value) = stored else { return nil }
        self = value
    }
}

extension Int: Storable {
    var stored: SQLValue { .integer(Int64(self)) }
    init?(stored: SQLValue) {
        guard case .integer(let value) = stored else { return nil }
        self.init(exactly: value)
    }
}

/// Booleans are 0 and 1.
extension Bool: Storable {
    var stored: SQLValue { .integer(self ? 1 : 0) }
    init?(stored: SQLValue) {
        guard case .integer(let value) = stored, value == 0 || value == 1 else { return nil }
        self = value == 1
    }
}

/// What is not a finite number is no value: the reason stands in a column of its own.
extension Double: Storable {
    var stored: SQLValue { isFinite ? .real(self) : .null }
    init?(stored: SQLValue) {
        switch stored {
        case .real(let value): self = value
        case .integer(let value): self = Double(value)
        default: return nil
        }
    }
}

extension [UInt8]: Storable {
    var stored: SQLValue { .bytes(self) }
    init?(stored: SQLValue) {
        guard case .bytes(let bytes) = stored else { return nil }
        self = bytes
    }
}

extension Optional: Storable where Wrapped: Storable {
    var stored: SQLValue { self?.stored ?? .null }
    init?(stored: SQLValue) {
        if stored == .null {
            self = .none
        } else {
            guard let value = Wrapped(stored: stored) else { return nil }
            self = .some(value)
        }
    }
}

/// Instants are milliseconds.
extension Instant: Storable {
    var stored: SQLValue { .integer(milliseconds) }
    init?(stored: SQLValue) {
        guard case .integer(let value) = stored else { return nil }
        self.init(milliseconds: value)
    }
}

extension LocalTime: Storable {
    var stored: SQLValue { .text(description) }
    init?(stored: SQLValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}

extension Digest: Storable {
    var stored: SQLValue { .text(hex) }
    init?(stored: SQLValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(hex: text)
    }
}

extension Identifier: Storable {
    var stored: SQLValue { .text(text) }
    init?(stored: SQLValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}

extension Principal: Storable {
    var stored: SQLValue { .text(description) }
    init?(stored: SQLValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(text)
    }
}

/// Stored words are the raw values of their enumerations.
protocol StoredWord: Storable, RawRepresentable where RawValue == String {}

extension StoredWord {
    var stored: SQLValue { .text(rawValue) }
    init?(stored: SQLValue) {
        guard case .text(let text) = stored else { return nil }
        self.init(rawValue: text)
    }
}

extension RunStatus: StoredWord {}
extension AttemptStatus: StoredWord {}
extension FailureReason: StoredWord {}
extension RunTrigger: StoredWord {}
extension EditionState: StoredWord {}
extension OccurrenceState: StoredWord {}
extension Role: StoredWord {}
extension TokenScope: StoredWord {}
