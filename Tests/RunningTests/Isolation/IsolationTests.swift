// What an isolated job can see, change and reach, tried from inside.
import Glibc
import Testing
import Vocabulary

@testable import Running

@Suite(.timeLimit(.minutes(2)), .withBubblewrap)
struct IsolationTests {
    @Test func `A job sees neither data nor secrets of the machine`() async throws {
        let scene = try Scene()
        try scene.write("rows", to: scene.path + "/record.sqlite")
        let other = try scene.order("exit 0")
        try scene.write("another's", to: other.folder.outputs + "/result.csv")
        let home = getenv("HOME").map { String(cString: $0) } ?? "/root"
        let paths = [
            scene.path + "/record.sqlite", other.folder.outputs + "/result.csv", "/etc/shadow", "/etc/gshadow", "/etc/ssl/private", "/etc/sudoers",
            "/etc/ssh", home + "/.ssh", home + "/.config", home + "/.bash_history", "/root/.profile", "/var/lib/dpkg", "/var/log", "/run", "/boot", "/mnt",
            "/proc/1/root/etc/shadow",
        ]
        let script = paths.map { "ls -d '\($0)' 2>/dev/null; cat '\($0)' 2>/dev/null" }.joined(separator: "\n")
        let (report, lines) = try await scene.isolated(script + "\necho \"data: $(ls -A \(scene.path)) attempts: $(ls -A \(scene.runs) | wc -l)\"")
        #expect(report.isSuccess || report.status == 0)
        #expect(lines == ["data: runs attempts: 1"])
    }

    @Test func `A job cannot write outside its folder, and not into its inputs`() async throws {
        let scene = try Scene()
        let (report, lines) = try await scene.isolated(
            """
            for path in /x /usr/x /etc/x /etc/passwd /dev/x /bin/x /var/x /home/x "$ALMANAC_INPUTS/x" "$ALMANAC_INPUT_RATES" "$ALMANAC_PARAMETERS" \\
              "$ALMANAC_OUTPUTS/../../exit.json"; do
              (echo x >> "$path") 2>/dev/null && echo "wrote $path"
            done
            (cat /proc/sys/kernel/core_pattern > was; cat was > /proc/sys/kernel/core_pattern) 2>/dev/null && echo "wrote /proc/sys"
            (echo 1 > /proc/irq/default_smp_affinity) 2>/dev/null && echo "wrote /proc/irq"
            mv "$ALMANAC_INPUTS" "$ALMANAC_OUTPUTS/" 2>/dev/null && echo "moved the inputs"
            echo out > "$ALMANAC_OUTPUTS/out" && echo home > "$HOME/x" && echo shared > /dev/shm/x && echo fine
            """)
        #expect(report.isSuccess && lines == ["fine"], "\(lines)")
    }

    @Test func `A namespace inside the isolation opens nothing`() async throws {
        let scene = try Scene()
        let (_, lines) = try await scene.isolated(
            """
            unshare -Urm sh -c 'umount /proc/sys; umount -l /proc; mount -o remount,rw,bind /usr; mount -t proc proc /proc; echo >> /usr/x
              cat /proc/sys/kernel/core_pattern > was; cat was > /proc/sys/kernel/core_pattern && echo "wrote /proc/sys"' 2>/dev/null
            grep -i capeff /proc/self/status; grep NoNewPrivs /proc/self/status
            """)
        #expect(lines == ["CapEff:\t0000000000000000", "NoNewPrivs:\t1"])
        #expect(access("/usr/x", F_OK) != 0)
    }

    @Test(.withoutNamespacesInside) func `A job cannot reach the control groups that hold it`() async throws {
        let scene = try Scene()
        let (_, lines) = try await scene.isolated(
            """
            unshare -UrmC sh -c 'for kind in "cgroup -o memory" "cgroup -o pids" cgroup2; do
              mkdir -p "/tmp/$kind"; mount -t $kind none "/tmp/$kind" && echo "mounted $kind"; done' 2>/dev/null
            unshare -U true 2>/dev/null && echo "a namespace"; echo fine
            """)
        #expect(lines == ["fine"])
    }

    @Test func `Each job has a /tmp of its own, on the disk`() async throws {
        let scene = try Scene()
        let name = "almanac-isolation-\(getpid())"
        let order = try await scene.isolatedOrder("echo mine > /tmp/\(name); cat /var/tmp/\(name) \"$TMPDIR/\(name)\"; hostname")
        let (report, log) = try await scene.run(order)
        #expect(report.isSuccess && log.split(separator: "\n").map { $0.dropFirst(27) } == ["mine", "mine", "almanac"])
        #expect(access("/tmp/" + name, F_OK) != 0 && access(order.folder.temporary + "/" + name, F_OK) == 0)
        #expect(try await scene.isolated("cat /tmp/\(name) 2>/dev/null || echo nothing").lines == ["nothing"])
    }

    @Test func `A job that kills everything it sees harms nobody`() async throws {
        let scene = try Scene()
        let bystander = try await scene.launcher.launch(try scene.order("exec sleep 60"))
        let (report, lines) = try await scene.isolated(
            """
            sleep 60 & sleep 60 &
            echo $(cat /proc/[0-9]*/comm | sort | uniq)
            kill -KILL -1; kill -KILL 1 $PPID; exit 5
            """)
        #expect(report.status == 5 && report.reason == .exitCode)
        #expect(lines.first.map { Set($0.split(separator: " ")).isSubset(of: ["bwrap", "cat", "sh", "sleep", "sort", "uniq"]) } == true, "\(lines)")
        #expect(try await scene.launcher.status(bystander) == .running)
        try await scene.launcher.cancel(bystander)
        #expect(try await scene.report(bystander).wasCancelled)
    }

    @Test(.withOwnNetwork) func `With network none nothing is reached, without it this machine is`() async throws {
        let scene = try Scene()
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                #expect(bind(listener, pointer, length) == 0 && listen(listener, 8) == 0 && getsockname(listener, pointer, &length) == 0)
            }
            return UInt16(bigEndian: $0.pointee.sin_port)
        }
        let script = """
            bash -c 'exec 3<>/dev/tcp/127.0.0.1/\(port)' 2>/dev/null && echo reached || echo out of reach
            echo $(tail -n +3 /proc/net/dev | cut -d: -f1)
            """
        #expect(try await scene.isolated(script, network: .none).lines == ["out of reach", "lo"])
        #expect(try await scene.isolated(script).lines.first == "reached")
    }

    @Test func `Links that a job leaves lead nowhere`() async throws {
        let scene = try Scene()
        let assignment = try await scene.assignment(
            files: [
                (
                    "job.sh",
                    """
                    ln -s /etc/shadow "$ALMANAC_OUTPUT_RESULT"; ln -s / root; cat root/etc/shadow 2>/dev/null
                    cd ..; mv work gone; ln -s /etc work; mv outputs moved; ln -s /usr outputs; touch outputs/x; exit 0

                    """, true
                )
            ], outputs: [output("result", "result.csv")], isolation: .required)
        let (report, collected, log) = try await scene.perform(assignment, on: await scene.isolatingWorkbench())
        #expect(report.isSuccess && collected.failure?.reason == .contractViolation && collected.outputs.isEmpty)
        #expect(!log.contains("root:") && access("/usr/x", F_OK) != 0)
        try scene.workbench.discard(assignment.attempt)
        #expect(access("/usr/bin", F_OK) == 0)
    }

    @Test(arguments: [
        (TaskLanguage.python, "job.py", "import os, multiprocessing, ssl, zoneinfo\nmultiprocessing.Lock()\nzoneinfo.ZoneInfo('Europe/Berlin')\nopen(os.environ['ALMANAC_OUTPUT_RESULT'], 'w').write('a,b\\n1,2\\n')\n"),
        (.r, "job.R", "stopifnot(nzchar(Sys.time()))\nwrite.csv(data.frame(a = 1, b = 2), Sys.getenv('ALMANAC_OUTPUT_RESULT'), row.names = FALSE)\n"),
        (.julia, "job.jl", "write(ENV[\"ALMANAC_OUTPUT_RESULT\"], \"a,b\\n1,2\\n\")\n"),
        (.command, "job", "#!/usr/bin/env python3\nimport os\nopen(os.environ['ALMANAC_OUTPUT_RESULT'], 'w').write('a,b\\n1,2\\n')\n"),
    ])
    func `Each language runs isolated, wherever it is installed`(language: TaskLanguage, file: String, text: String) async throws {
        let scene = try Scene()
        let here = (try? await Interpreters().find(language == .command ? .python : language)) != nil
        guard here else { return }
        let assignment = try await scene.assignment(
            files: [(file, text, true)], run: file, language: language, outputs: [output("result", "result.csv")], isolation: .required)
        let (report, collected, log) = try await scene.perform(assignment, on: await scene.isolatingWorkbench())
        #expect(report.isSuccess && collected.failure == nil, "\(log)")
        #expect(collected.outputs.map(\.rows) == [1])
    }

    @Test func `A built environment is there, and cannot be changed`() async throws {
        let scene = try Scene()
        let assignment = try await scene.assignment(
            files: [
                ("job.py", "import sys\nprint(sys.prefix)\ntry:\n  open(sys.prefix + '/x', 'w')\nexcept OSError as e:\n  print(e.errno)\n", false),
                ("requirements.txt", "# nothing but Python\n", false),
            ], run: "job.py", language: .python, environment: EnvironmentDefinition(kind: .requirements, file: "requirements.txt"), isolation: .required)
        let prepared = try await scene.isolatingWorkbench().prepare(assignment)
        let (report, log) = try await scene.run(prepared.order)
        #expect(report.isSuccess, "\(log)")
        #expect(log.split(separator: "\n").map { $0.dropFirst(27) } == [Substring(prepared.order.environment["VIRTUAL_ENV"] ?? ""), "30"])
        #expect(prepared.versions["isolation"] == "bubblewrap, with network" && prepared.versions["python"] != nil)
    }
}
