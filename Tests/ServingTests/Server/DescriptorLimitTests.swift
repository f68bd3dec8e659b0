// The limit of open files is raised as far as the system lets us, and never lowered.
import Glibc
import Testing

@testable import Serving

struct DescriptorLimitTests {
    private func limit() -> rlimit {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit
    }

    @Test func `A low soft limit is raised to the hard one, at most to 65,536`() {
        var low = limit()
        let hard = low.rlim_max
        // Enough for what other tests hold open meanwhile.
        low.rlim_cur = min(hard, 1024)
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &low) == 0)
        DescriptorLimit.raise()
        #expect(limit().rlim_cur == min(hard, 65_536))
        #expect(limit().rlim_max == hard)
    }
}
