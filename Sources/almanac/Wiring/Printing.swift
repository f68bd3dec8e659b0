// Printing for people and for programs.
import FoundationEssentials
import Glibc
import Vocabulary

/// Prints a value as JSON with sorted keys on one line.
func printJSON(_ value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // The verbs print structs of text and finite numbers only: they always encode.
    guard let data = try? encoder.encode(value) else { return }
    print(String(decoding: data, as: UTF8.self))
}

/// Prints a text that brings its own line feed.
func printText(_ text: String) { print(text, terminator: "") }

/// Prints rows in columns, the header first; nothing but `empty` when there are none.
func printTable(_ header: [String], _ rows: [[String]], empty: String) {
    guard !rows.isEmpty else { return print(empty) }
    let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
    for row in [header] + rows {
        let cells = row.enumerated().map { index, cell in
            index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
        }
        print(cells.joined(separator: "  "))
    }
}

/// Writes bytes as they are to standard output; to a terminal without the control characters by which a job's log could command it.
func printBytes(_ bytes: [UInt8]) {
    flush()
    var rest = (isatty(1) == 1 ? bytes.filter { ($0 >= 32 && $0 != 127) || $0 == 9 || $0 == 10 } : bytes)[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
    }
}

/// The first line of standard input without its end, at most 4 KiB.
func readSecretLine() -> String? { readLine(strippingNewline: true) }

/// Sends what was printed on its way, also into a pipe.
func flush() { fflush(nil) }
