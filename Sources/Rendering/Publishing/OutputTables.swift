// The tables behind an article, read once each from the artifacts.
import Artifacts
import Tables
import Vocabulary

/// The CSV outputs that an article shows.
struct OutputTables: Sendable {
    /// Rows that are kept of a file: more than any chart or table shows, little enough for memory.
    static let mostRows = 50_000

    private(set) var tables: [String: Table] = [:]
    private(set) var diagnostics: [Diagnostic] = []

    /// Reads the outputs of these names; what cannot be read as a table is a diagnostic.
    init(_ names: Set<String>, of material: ArticleMaterial, from artifacts: any ArtifactStore) async throws {
        for name in names.sorted() {
            guard let output = material.output(name), output.ending == "csv" else { continue }
            let format = material.definition.output(name)?.csv ?? CSVFormat()
            let source = try await artifacts.open(output.sha256, range: nil)
            do {
                let table = try await Table.read(format: format, limitRows: Self.mostRows, next: source.next)
                tables[name] = table
                for column in table.columns {
                    guard let doubt = column.doubt else { continue }
                    diagnostics.append(Diagnostic(.warning, file: output.path, "the column \(column.name) is read as text: \(doubt)"))
                }
            } catch let error as TableError {
                diagnostics.append(Diagnostic(.warning, file: output.path, "the file cannot be read as a table: \(error)"))
            }
        }
    }

    subscript(_ name: String) -> Table? { tables[name] }
}
