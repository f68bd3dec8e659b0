// What is decided before anything starts: arguments, refusals, what a probe finds, where interpreters are.
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(1)))
struct SandboxTests {
    private func bubblewrap(_ problem: String? = nil) -> IsolationTier {
        .bubblewrap(
            Bubblewrap(
                program: "/usr/bin/bwrap", identity: ["--unshare-user"],
                machine: [.readOnly("/usr"), Mount(path: "/bin", kind: .link(to: "usr/bin")), Mount(path: "/proc", kind: .processes), .readOnlyIfThere("/proc/sys")],
                networkProblem: problem))
    }

    @Test func `The arguments follow from assignment, folder and machine`() async throws {
        let scene = try Scene()
        let assignment = try await scene.assignment(network: .none)
        let folder = AttemptFolder(runs: "/data/runs", attempt: assignment.attempt)
        let job = folder.path + "/job"
        let wrapped = try Sandbox(tier: bubblewrap()).wrap(["/bin/sh", "x"], of: assignment, in: folder, installations: [.readOnly("/opt/r")])
        #expect(wrapped.isIsolated && wrapped.words == "bubblewrap, without network")
        let expected = """
            /usr/bin/bwrap --unshare-user --unshare-pid --unshare-ipc --unshare-uts --unshare-cgroup-try --unshare-net --die-with-parent --cap-drop ALL \
            --hostname almanac --symlink usr/bin /bin --proc /proc --bind \(job)/tmp /tmp --ro-bind /usr /usr --ro-bind /opt/r /opt/r \
            --ro-bind-try /proc/sys /proc/sys --bind \(job)/tmp /var/tmp --bind \(job) \(job) --ro-bind \(job)/inputs \(job)/inputs \
            --ro-bind \(job)/parameters.json \(job)/parameters.json --remount-ro /dev --remount-ro / --chdir \(job)/work -- /bin/sh x
            """
        #expect(wrapped.arguments.joined(separator: " ") == expected)
        let open = try Sandbox(tier: bubblewrap("why")).wrap(
            ["/bin/sh"], of: try await scene.assignment(isolation: .required), in: folder, installations: [])
        #expect(!open.arguments.contains("--unshare-net") && open.words == "bubblewrap, with network")
    }

    @Test func `What must stay hidden is hidden also inside what is shown`() async throws {
        let scene = try Scene()
        try Folders.make(scene.path + "/opt/data")
        let sandbox = Sandbox(tier: bubblewrap(), hidden: [scene.path + "/opt/data", "/home", scene.path + "/nowhere"])
        let assignment = try await scene.assignment()
        let arguments = try sandbox.wrap(
            ["/bin/sh"], of: assignment, in: AttemptFolder(runs: scene.path + "/opt/data", attempt: assignment.attempt),
            installations: [.readOnly(scene.path + "/opt")]
        ).arguments
        let tmpfs = arguments.indices.filter { arguments[$0] == "--tmpfs" }.map { arguments[$0 + 1] }
        #expect(tmpfs == [scene.path + "/opt/data"])
        let shown = try #require(arguments.firstIndex(of: scene.path + "/opt"))
        let hidden = try #require(arguments.firstIndex(of: scene.path + "/opt/data"))
        let job = try #require(arguments.firstIndex { $0.hasPrefix(scene.path + "/opt/data/") && $0.hasSuffix("/job") })
        #expect(shown < hidden && hidden < job)
    }

    @Test func `Only what a job insists on is refused`() async throws {
        let scene = try Scene()
        func outcome(_ tier: IsolationTier, _ isolation: Isolation, _ network: Network) async throws -> String {
            let assignment = try await scene.assignment(files: [("job.sh", "exit 0\n", false)], isolation: isolation, network: network)
            let workbench = Workbench(
                artifacts: scene.artifacts, runs: scene.runs, environments: Environments(folder: scene.path + "/environments"), sandbox: Sandbox(tier: tier))
            do {
                let prepared = try await workbench.prepare(assignment)
                return "\(prepared.order.isIsolated) \(prepared.versions["isolation"] ?? "")"
            } catch let error as RunningError {
                return "\(error.reason.rawValue) \(error)"
            }
        }
        let none = IsolationTier.none(reason: "bwrap is not installed")
        #expect(try await outcome(none, .auto, .outbound) == "false none: bwrap is not installed")
        #expect(
            try await outcome(none, .required, .outbound)
                == "launchFailed isolation: required: this machine cannot isolate jobs: bwrap is not installed; mend that, or write `isolation: auto`")
        #expect(try await outcome(none, .auto, .none).hasPrefix("launchFailed network: none: this machine cannot separate a job from the network: bwrap is"))
        #expect(try await outcome(bubblewrap("EPERM"), .required, .outbound) == "true bubblewrap, with network")
        #expect(try await outcome(bubblewrap("EPERM"), .auto, .none).hasPrefix("launchFailed network: none: this machine cannot separate"))
        #expect(try await outcome(bubblewrap(), .required, .none) == "true bubblewrap, without network")
        #expect(none.words == "none: bwrap is not installed" && bubblewrap().words == "bubblewrap, with or without network")
    }

    @Test func `A probe believes what bwrap does, and does not wait for ever`() async throws {
        let scene = try Scene()
        #expect(await IsolationTier.probe(searchPath: scene.path).words.hasPrefix("none: bwrap is not installed"))
        func tier(_ script: String, within limit: Duration = .seconds(30)) async throws -> String {
            try scene.write("#!/bin/sh\n" + script, to: scene.path + "/bwrap", mode: 0o700)
            return await IsolationTier.probe(searchPath: scene.path, within: limit).words
        }
        #expect(try await tier("exit 0") == "bubblewrap, with or without network")
        #expect(
            try await tier("case \"$*\" in *--unshare-net*) echo 'bwrap: loopback: no' >&2; exit 1;; esac")
                == "bubblewrap, but `network: none` cannot be had: bwrap: loopback: no")
        let refused = try await tier("echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1")
        #expect(refused.hasPrefix("none: bwrap does not work here: bwrap: setting up uid map: Permission denied (this machine or container does not allow"))
        #expect(try await tier("exec sleep 60", within: .milliseconds(100)).hasPrefix("none: bwrap does not work here: bwrap did not answer within"))
    }

    @Test func `An installation is shown whole, a home folder is not`() throws {
        let scene = try Scene()
        for folder in ["/pyenv/3.11.7/bin", "/pyenv/3.11.7/lib", "/home/bin", "/home/lib", "/home/.ssh", "/venv/bin"] { try Folders.make(scene.path + folder) }
        try scene.write("", to: scene.path + "/pyenv/3.11.7/bin/python3.11", mode: 0o700)
        try scene.write("", to: scene.path + "/home/bin/tool", mode: 0o700)
        symlink("3.11.7", scene.path + "/pyenv/3.11")
        symlink("python3.11", scene.path + "/pyenv/3.11.7/bin/python3")
        symlink(scene.path + "/pyenv/3.11/bin/python3", scene.path + "/home/bin/python")
        symlink(scene.path + "/home/bin/python", scene.path + "/venv/bin/python")
        func mounts(_ program: String, _ visible: [String] = ["/usr", "/bin"]) -> [Mount] {
            Installation.mounts(of: program, visible: visible, secret: [scene.path + "/home"])
        }
        #expect(mounts("/bin/sh").isEmpty && mounts("/usr/bin/env").isEmpty && mounts(scene.path + "/nowhere").isEmpty)
        let real = scene.path + "/pyenv/3.11.7"
        #expect(mounts(real + "/bin/python3") == [.readOnly(real)])
        #expect(
            mounts(scene.path + "/venv/bin/python", ["/usr", scene.path + "/venv"]) == [
                .readOnly(real), Mount(path: scene.path + "/home/bin/python", kind: .link(to: scene.path + "/pyenv/3.11/bin/python3")),
                Mount(path: scene.path + "/pyenv/3.11", kind: .readOnly(from: real)),
            ])
        #expect(mounts(scene.path + "/home/bin/tool") == [.readOnly(scene.path + "/home/bin"), .readOnly(scene.path + "/home/lib")])
    }
}
