// Job definitions that were read from JSON lately, so that a page with sixty of them does not read sixty texts again.
import Synchronization
import Vocabulary

/// Definitions by the JSON text that they were read from. The text is the key, so an entry can never be out of date.
final class DefinitionCache: Sendable {
    private let entries = Mutex<[String: JobDefinition]>([:])
    /// Beyond so many entries the cache starts anew.
    private let limit = 4096

    /// The definition that the text holds. Throws `schema` when it is not one.
    func definition(_ text: String) throws -> JobDefinition {
        if let known = entries.withLock({ $0[text] }) { return known }
        let definition: JobDefinition = try JSONText.decode(text)
        entries.withLock { entries in
            if entries.count >= limit { entries.removeAll(keepingCapacity: true) }
            entries[text] = definition
        }
        return definition
    }
}
