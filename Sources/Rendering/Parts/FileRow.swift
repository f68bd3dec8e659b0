// A downloadable file with what a reader wants to know before opening it.
import Vocabulary

/// A column of a file and its meaning.
struct ColumnRow: TemplateModel, Hashable {
    let name: String
    let title: String?
    let unit: String?
    let meaning: String?

    static let table = FieldTable<ColumnRow>(
        .text("name") { $0.name },
        .text("title") { $0.title },
        .text("unit") { $0.unit },
        .text("meaning") { $0.meaning })
}

/// An output as a download.
struct FileRow: TemplateModel, Hashable {
    let title: String
    let fileName: String
    let meaning: String?
    let address: String
    /// `CSV · 12 rows · 1.5 KiB`.
    let size: String
    let sha256: String
    let columns: [ColumnRow]

    static let table = FieldTable<FileRow>(
        .text("title") { $0.title },
        .text("fileName") { $0.fileName },
        .text("meaning") { $0.meaning },
        .text("address") { $0.address },
        .text("size") { $0.size },
        .text("sha256") { $0.sha256 },
        .many("columns") { $0.columns })

    /// The declared outputs in the order of the definition; `folder` is the address before the file's name.
    static func rows(_ outputs: [Output], definition: JobDefinition, folder: String) -> [FileRow] {
        let order = Dictionary(definition.outputs.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        return outputs.filter(\.declared).sorted { (order[$0.name] ?? .max, $0.name) < (order[$1.name] ?? .max, $1.name) }.map { output in
            let declared = definition.output(output.name)
            let columns = (output.columns ?? []).compactMap { name in
                declared?.columns.first { $0.name == name }.map {
                    ColumnRow(name: name, title: $0.title, unit: $0.unit, meaning: $0.description)
                }
            }
            return FileRow(
                title: declared?.title ?? output.name, fileName: output.fileName, meaning: declared?.description,
                address: "\(folder)/\(output.fileName)", size: output.sizeWords, sha256: output.sha256.hex, columns: columns)
        }
    }
}

extension Output {
    /// The name that the file has as a download: `forecast.csv`.
    var fileName: String { ending.isEmpty ? name : "\(name).\(ending)" }

    /// `CSV · 12 rows · 1.5 KiB`.
    var sizeWords: String {
        var parts: [String] = []
        if !ending.isEmpty { parts.append(ending.uppercased()) }
        if let rows { parts.append(Amounts.count(rows, "row")) }
        parts.append(ByteCount(bytes).description)
        return parts.joined(separator: " · ")
    }
}
