// Reads a CSV file, or gigabytes of made-up rows, in one of three ways and prints seconds, rows and the most memory that was used.
import Glibc
import Tables
import Vocabulary

let usage = "usage: csv-reading count|typed|table FILE, or csv-reading stream MEBIBYTES"
guard CommandLine.arguments.count == 3 else { print(usage); exit(64) }
let (mode, argument) = (CommandLine.arguments[1], CommandLine.arguments[2])
let size = 256 << 10

/// The chunks that are read: those of the file, or the same rows again and again.
let next: () -> [UInt8]?
if mode == "stream" {
    let line = Array("2026-11-03,\"a, b\",-12.5,1234567,2026-11-03 14:05:09,true\n".utf8)
    let chunk = Array((0..<size / line.count).map { _ in line }.joined())
    var left = (Int(argument) ?? 0) << 20
    var isFirst = true
    next = {
        if isFirst { isFirst = false; return Array("day,name,n,count,at,open\n".utf8) }
        left -= chunk.count
        return left >= 0 ? chunk : nil
    }
} else {
    let file = open(argument, O_RDONLY)
    guard file >= 0 else { print("cannot open \(argument)"); exit(1) }
    next = {
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in count = max(0, read(file, buffer.baseAddress, size)) }
        return bytes.isEmpty ? nil : bytes
    }
}

var rows: Int64 = 0
let time = try ContinuousClock().measure {
    if mode == "count" {
        var summariser = try CSVSummariser()
        while let chunk = next() { try summariser.push(chunk) }
        rows = try summariser.finish().rows
    } else {
        // What a report keeps of a file, or all of it.
        var reader = try TableReader(limitRows: mode == "table" ? .max : 50_000)
        while let chunk = next() { try reader.push(chunk) }
        rows = try reader.finish().totalRows
    }
}
var use = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &use)
let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
let processor = Double(use.ru_utime.tv_sec + use.ru_stime.tv_sec) + Double(use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6
print("{\"seconds\": \(seconds), \"processor\": \(processor), \"rows\": \(rows), \"mebibytes\": \(use.ru_maxrss / 1024)}")
