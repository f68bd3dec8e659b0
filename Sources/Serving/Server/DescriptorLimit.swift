// How many files and connections this process may hold open at a time.
import Glibc

enum DescriptorLimit {
    /// Enough for every connection with a file behind it; more would only make closing them all before a launch slower.
    static let most: UInt = 65_536

    /// Raises the soft limit to the hard one, at most to `most`; never lowers it. Where the system refuses, the server lives with what it has.
    static func raise() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let wanted = min(limit.rlim_max, most)
        guard wanted > limit.rlim_cur else { return }
        limit.rlim_cur = wanted
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
