// The files through which server and supervisor speak: order, receipt.json, exit.json.
import FoundationEssentials
import Glibc
import Vocabulary

/// The order as NUL-separated records, `order=1` first and `end=` last (Sources/almanac-supervisor/order.h).
func orderText(_ order: LaunchOrder, tiers: LimitTiers) throws -> [UInt8] {
    var records = ["order=1"]
    records += order.arguments.map { "argument=" + $0 }
    records += order.environment.sorted { $0.key < $1.key }.map { "environment=\($0.key)=\($0.value)" }
    records += ["directory=" + order.directory, "timeLimit=\(order.limits.time?.milliseconds ?? 0)", "grace=\(order.grace.milliseconds)"]
    records += ["logHead=\(order.logHead.bytes)", "logTail=\(order.logTail.bytes)"]
    records += tiers.records(for: order.limits, attempt: order.attempt) + (order.isIsolated ? ["isolated=1"] : []) + ["end="]
    guard records.allSatisfy({ !$0.utf8.contains(0) }) else {
        throw RunningError(.launchFailed, subject: order.attempt.text, detail: "an argument or a variable contains a NUL character")
    }
    return records.flatMap { Array($0.utf8) + [0] }
}

/// `receipt.json`: which process supervises, so that no other is taken for it.
struct ReceiptFile: Codable {
    let version: Int
    let bootId: String
    let pid: Int32
    /// Field 22 of /proc/<pid>/stat, in clock ticks since the machine started.
    let startTime: UInt64
}

/// `exit.json`.
struct ExitFile: Codable {
    let version: Int
    let status: Int?
    let signal: Int?
    let reason: String?
    let message: String?
    let startedAt: Instant
    let endedAt: Instant
    let cpuMilliseconds: Int64?
    let peakMemoryBytes: Int64?
    let readBytes: Int64?
    let writtenBytes: Int64?
    let logTruncated: Bool
    let logBytes: Int64
    let leftoverProcesses: Int
    /// Not written by supervisors before it was known.
    let limits: String?

    /// A word that this version does not know reads as `launchFailed`.
    var report: ExitReport {
        ExitReport(
            status: status, signal: signal, reason: reason == "cancelled" ? nil : reason.map { FailureReason(rawValue: $0) ?? .launchFailed },
            wasCancelled: reason == "cancelled", message: message, startedAt: startedAt, endedAt: endedAt,
            resources: ResourceUse(
                cpuMilliseconds: cpuMilliseconds, peakMemoryBytes: peakMemoryBytes, readBytes: readBytes, writtenBytes: writtenBytes),
            logTruncated: logTruncated, logBytes: logBytes, leftoverProcesses: leftoverProcesses, limits: limits)
    }
}

/// What a local receipt says, as JSON text inside `Receipt.text`.
struct LocalReceipt: Codable {
    let attempt: AttemptID
    let bootId: String
    let pid: Int32
    let startTime: UInt64

    init(attempt: AttemptID, file: ReceiptFile) {
        self.attempt = attempt
        bootId = file.bootId
        pid = file.pid
        startTime = file.startTime
    }

    /// Throws `badReceipt` for a receipt of another launcher, or one that cannot be read.
    init(_ receipt: Receipt) throws {
        guard receipt.launcher == LocalLauncher.name, let read = try? JSONDecoder().decode(LocalReceipt.self, from: Data(receipt.text.utf8)) else {
            throw RunningError(.badReceipt, subject: receipt.launcher, detail: "the receipt is not one of the local launcher")
        }
        self = read
    }

    func receipt() throws -> Receipt {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Receipt(launcher: LocalLauncher.name, text: String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}

/// Reads a small JSON file; nil when it is not there.
func readJSON<Value: Decodable>(_ type: Value.Type, at path: String) throws -> Value? {
    guard access(path, F_OK) == 0 else { return nil }
    let bytes = try Descriptor(path, O_RDONLY | O_NOFOLLOW).readAll(limit: 1 << 20) ?? []
    do {
        return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
        throw RunningError(.storageFailed, subject: path, detail: "it is not what the supervisor writes", cause: error)
    }
}
