// Processes of this machine: which boot it is, when a process started, when it ends.
import CLinux
import Dispatch
import Glibc

/// Looks at processes through /proc and pidfds.
enum Processes {
    /// Changes with every start of the machine.
    static func bootID() throws -> String {
        let bytes = try Descriptor("/proc/sys/kernel/random/boot_id", O_RDONLY).readAll(limit: 4096) ?? []
        return String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self)
    }

    /// Clock ticks between the machine's start and the process's, or nil when there is no such process.
    static func startTime(of pid: Int32) -> UInt64? {
        guard let file = try? Descriptor("/proc/\(pid)/stat", O_RDONLY), let bytes = try? file.readAll(limit: 65_536),
            let bracket = bytes.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        // After the name in brackets come the fields from 3 on; the start time is field 22.
        let fields = bytes[(bracket + 1)...].split(separator: UInt8(ascii: " "))
        return fields.count > 19 ? UInt64(String(decoding: fields[19], as: UTF8.self)) : nil
    }

    /// Returns when the process that started at `startTime` is gone (at once if it is), or when the task is cancelled.
    static func waitForEnd(of pid: Int32, startTime: UInt64) async {
        let handle = linux_pidfd_open(pid)
        guard handle >= 0 else { return }
        guard Processes.startTime(of: pid) == startTime else {
            close(handle)
            return
        }
        // The source is used from one place at a time: it is resumed once, and cancelling it is safe from anywhere.
        nonisolated(unsafe) let source = DispatchSource.makeReadSource(fileDescriptor: handle, queue: .global())
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                source.setEventHandler { source.cancel() }
                source.setCancelHandler {
                    close(handle)
                    continuation.resume()
                }
                source.resume()
            }
        } onCancel: {
            source.cancel()
        }
    }

    /// Kills every process whose environment says that its outputs folder is `outputs`: what a job leaves when its supervisor was killed. A process that
    /// changed its environment escapes; as long as a supervisor lives it needs no such search.
    static func sweep(outputs: String) {
        let mark = Array("ALMANAC_OUTPUTS=\(outputs)\0".utf8)
        // A process may be starting another one while we look: look again until nothing is found.
        var rounds = 20
        while rounds > 0, sweepOnce(mark) > 0 { rounds -= 1 }
    }

    private static func sweepOnce(_ mark: [UInt8]) -> Int {
        guard let proc = try? Descriptor("/proc", O_RDONLY | O_DIRECTORY), let names = try? Folders.names(in: proc) else { return 0 }
        var found = 0
        for name in names {
            guard let pid = Int32(String(decoding: name, as: UTF8.self)), pid > 1, let start = startTime(of: pid),
                let file = try? Descriptor("/proc/\(pid)/environ", O_RDONLY), let environment = try? file.readAll(limit: 4 << 20),
                contains(environment, mark), startTime(of: pid) == start
            else { continue }
            found += 1
            kill(pid, SIGKILL)
        }
        return found
    }

    private static func contains(_ environment: [UInt8], _ mark: [UInt8]) -> Bool {
        var start = 0
        while start < environment.count {
            let end = environment[start...].firstIndex(of: 0) ?? environment.count - 1
            if environment[start...end].elementsEqual(mark) { return true }
            start = end + 1
        }
        return false
    }
}
