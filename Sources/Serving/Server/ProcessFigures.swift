// What the server's process uses, from /proc.
import FoundationEssentials
import Glibc
import Rendering
import Vocabulary

/// The figures that Prometheus knows of every process; one that cannot be read is left out.
enum ProcessFigures {
    /// - Parameter startedAt: when the server began.
    static func families(startedAt: Instant) -> [FigureFamily] {
        var limit = rlimit()
        let most: Double? = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? Double(limit.rlim_cur) : nil
        let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        return [
            .gauge("process_resident_memory_bytes", "Resident memory of the server.", residentBytes()),
            .gauge("process_open_fds", "Open file descriptors of the server.", descriptors.map(Double.init)),
            .gauge("process_max_fds", "The most file descriptors that the server may open.", most),
            .counter("process_cpu_seconds_total", "Processor time that the server used, without its jobs.", cpuSeconds()),
            .gauge("process_start_time_seconds", "When the server began, in seconds since 1970.", Double(startedAt.seconds)),
        ]
    }

    /// The second number of `/proc/self/statm`, in pages.
    private static func residentBytes() -> Double? {
        guard let data = FileManager.default.contents(atPath: "/proc/self/statm") else { return nil }
        let numbers = String(decoding: data, as: UTF8.self).split(separator: " ")
        return numbers.count > 1 ? Int64(numbers[1]).map { Double($0 * Int64(sysconf(Int32(_SC_PAGESIZE)))) } : nil
    }

    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec / 1_000_000) / 1000
    }
}
