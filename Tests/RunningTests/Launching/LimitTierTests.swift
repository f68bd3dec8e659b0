// Which means this machine offers for limits, and what the supervisor is told of them.
import Glibc
import Testing
import Vocabulary

@testable import Running

struct LimitTierTests {
    private let every = Limits(
        time: Span(seconds: 60), memory: ByteCount(1 << 30), cpus: 1.5, processes: 64, output: ByteCount(1_000_000))

    @Test func `Groups are found below where they are mounted`() {
        let mounts = """
            23 28 0:21 / /proc rw,nosuid - proc proc rw
            31 24 0:26 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755
            34 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw shared:15 - cgroup cgroup rw,cpu,cpuacct
            35 31 0:31 /docker/abc /sys/fs/cgroup/memory rw shared:16 master:3 - cgroup cgroup rw,memory
            36 31 0:32 /docker/abc /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
            37 31 0:33 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate
            """
        let membership = """
            12:memory:/docker/abc
            5:cpuacct,cpu:/user.slice
            4:pids:/elsewhere
            3:devices:/
            1:name=systemd:/init.scope
            0::/
            """
        let found = ControlGroupHierarchy.all(membership: membership, mounts: mounts)
        #expect(found.map(\.own) == ["/sys/fs/cgroup/memory", "/sys/fs/cgroup/cpu,cpuacct/user.slice", "/sys/fs/cgroup/unified"])
        #expect(found.map(\.version) == [1, 1, 2])
        let modern = ControlGroupHierarchy.all(
            membership: "0::/system.slice/almanac.service/server\n", mounts: "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n")
        #expect(modern == [
            ControlGroupHierarchy(version: 2, controllers: [], mount: "/sys/fs/cgroup", own: "/sys/fs/cgroup/system.slice/almanac.service/server")
        ])
        #expect(ControlGroupHierarchy.all(membership: "0::/../x\n", mounts: "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n").isEmpty)
        #expect(ControlGroupHierarchy.all(membership: "", mounts: "nonsense\n\n").isEmpty)
    }

    @Test func `Each limit is told by its own means`() throws {
        let attempt = AttemptID(at: Instant(seconds: 0))
        let mixed = LimitTiers(memory: .group(version: 1, folder: "/g/memory"), processes: .supervisor, cpus: .group(version: 1, folder: "/g/cpu"))
        #expect(mixed.records(for: every, attempt: attempt) == [
            "memoryLimit=1073741824", "processLimit=64", "outputLimit=1000000", "sampled=processes",
            "limits=cgroup v1: memory, cpus; sampled: processes; measured: output", "group=/g/memory/almanac-\(attempt)",
            "setting=memory.limit_in_bytes=1073741824", "option=memory.memsw.limit_in_bytes=1073741824", "group=/g/cpu/almanac-\(attempt)",
            "setting=cpu.cfs_period_us=100000", "option=cpu.cfs_quota_us=150000",
        ])
        let group = LimitTiers.Tier.group(version: 2, folder: "/g")
        let unified = LimitTiers(memory: group, processes: group, cpus: group, tracking: "/g")
        #expect(unified.records(for: Limits(memory: ByteCount(1 << 20), processes: 9), attempt: attempt).suffix(6) == [
            "limits=cgroup v2: memory, processes", "group=/g/almanac-\(attempt)", "setting=memory.max=1048576", "option=memory.swap.max=0",
            "option=memory.oom.group=1", "setting=pids.max=9",
        ])
        #expect(LimitTiers().records(for: every, attempt: attempt).contains("affinity=2"))
        #expect(LimitTiers().words(for: every) == "sampled: memory, processes; affinity: cpus; measured: output")
    }

    @Test func `An order without limits says nothing that an older supervisor does not know`() throws {
        let group = LimitTiers.Tier.group(version: 1, folder: "/g")
        #expect(LimitTiers(memory: group, processes: group).records(for: Limits(), attempt: AttemptID(at: Instant(seconds: 0))) == [])
        #expect(LimitTiers().records(for: Limits(time: Span(seconds: 1)), attempt: AttemptID(at: Instant(seconds: 0))) == [])
        #expect(LimitTiers().words(for: Limits(time: Span(seconds: 1))) == nil)
    }

    @Test func `A group that cannot be had is refused when a limit needs it, and left out when none does`() async throws {
        let missing = LimitTiers.Tier.group(version: 1, folder: "/nonexistent/group")
        let scene = try Scene(tiers: LimitTiers(memory: missing))
        let refused = try await scene.run(scene.order("exit 0", limits: Limits(memory: ByteCount(1 << 30))))
        #expect(refused.report.reason == .launchFailed && refused.report.sentence?.hasPrefix("Cannot make the control group /nonexistent") == true)
        let granted = try await scene.run(scene.order("exit 0", limits: Limits(time: Span(seconds: 30))))
        #expect(granted.report.isSuccess)
    }
}
