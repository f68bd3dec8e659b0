// Whether a file is what its ending says.
import Glibc
import Tables
import Vocabulary

/// What a readable CSV file told about itself; nil for other files.
struct TableFacts: Sendable {
    let rows: Int64
    let columns: [String]
    /// How the file is written, when that is not how most are: `semicolons between columns, decimal commas, Latin-1`.
    let manner: String?
}

/// Reads a file as its ending says. Throws what is wrong, as the part of a sentence that follows the file's name; unknown endings are not looked into.
/// CSV and JSON are read whole (JSON up to 64 MiB), the others are recognised by how they begin and end.
func checkReadable(_ file: Descriptor, ending: String, format: CSVFormat?) async throws -> TableFacts? {
    let size = Int64(try file.status().st_size)
    switch ending {
    case "csv": return try await tableFacts(file, format: format ?? CSVFormat())
    case "json": try checkJSON(file, size: size) { scanner throws(JSONProblem) in try scanner.whole() }
    case "ipynb":
        try checkJSON(file, size: size) { scanner throws(JSONProblem) in
            var names: Set<String> = []
            try scanner.object { (name, scanner) throws(JSONProblem) in
                names.insert(name)
                try scanner.value()
            }
            try scanner.end()
            guard names.isSuperset(of: ["cells", "nbformat"]) else { throw JSONProblem(text: "it has no cells, so it is not a notebook", line: 1) }
        }
    default:
        guard let complaint = signatures[ending] else { return nil }
        let head = try file.read(4096, at: 0)
        let tail = try file.read(64, at: max(0, size - 64))
        if !complaint.fits(head, tail) { throw OutputComplaint(size == 0 ? "is empty" : "is not \(complaint.name)") }
    }
    return nil
}

private func tableFacts(_ file: Descriptor, format: CSVFormat) async throws -> TableFacts {
    do {
        let summary = try await CSVSummary.read(format: format) {
            let bytes = try file.read()
            return bytes.isEmpty ? nil : bytes
        }
        return TableFacts(rows: summary.rows, columns: summary.columns, manner: summary.dialect.isPlain ? nil : summary.dialect.description)
    } catch let error as TableError {
        throw OutputComplaint("is not a CSV file that can be read: \(error.subject): \(error.detail)")
    }
}

private func checkJSON(_ file: Descriptor, size: Int64, _ check: (inout JSONScanner) throws(JSONProblem) -> Void) throws {
    guard size <= 64 << 20, let bytes = try file.readAll(limit: 64 << 20) else { return }
    var scanner = JSONScanner(bytes)
    do throws(JSONProblem) {
        try check(&scanner)
    } catch {
        throw OutputComplaint("is not JSON that can be read: line \(error.line): \(error.text)")
    }
}

private struct Signature: Sendable {
    let name: String
    let fits: @Sendable (_ head: [UInt8], _ tail: [UInt8]) -> Bool
}

private let signatures: [String: Signature] = [
    "png": Signature(name: "a PNG image") { head, _ in head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) },
    "pdf": Signature(name: "a PDF document") { head, _ in contains(head.prefix(1024), "%PDF-") },
    "svg": Signature(name: "an SVG image") { head, _ in !head.contains(0) && contains(head[...], "<svg") },
    "html": Signature(name: "an HTML page") { head, _ in !head.contains(0) && head.contains(UInt8(ascii: "<")) },
    "xlsx": Signature(name: "an Excel workbook") { head, _ in head.starts(with: [0x50, 0x4B, 0x03, 0x04]) },
    "parquet": Signature(name: "a Parquet file") { head, tail in
        head.starts(with: Array("PAR1".utf8)) && tail.suffix(4).elementsEqual(Array("PAR1".utf8))
    },
]

private func contains(_ bytes: ArraySlice<UInt8>, _ word: String) -> Bool {
    let wanted = Array(word.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
}
