// Reads the job folders of a workspace.
internal import Crypto
internal import Vocabulary

/// Reads `Jobs/` of one workspace. Copies share what they know about unchanged files.
package struct WorkspaceReader: Sendable {
    /// Absolute, links resolved.
    package let workspace: String
    let zones: ZoneNames
    private let mostFiles: Int
    private let cache = DigestCache()

    /// A reader of the workspace at an absolute path, which exists; zone names come from the folder `zoneInfo`, and
    /// a job folder with more than `mostFiles` files is refused.
    package init(workspace: String, zoneInfo: String = "/usr/share/zoneinfo", mostFiles: Int = 10_000) {
        self.mostFiles = mostFiles
        self.workspace = Files.resolved(workspace) ?? workspace
        zones = ZoneNames(folder: zoneInfo)
    }

    /// The folders under `Jobs/`, sorted; also those whose names cannot name a job. Throws `notFound` when there is no `Jobs/`.
    package func jobNames() throws(DefiningError) -> [String] {
        try Files.names(in: workspace + "/Jobs").compactMap { $0 }
            .filter { !FolderWalk.isIgnored($0) && Files.target(workspace + "/Jobs/" + $0)?.kind == .folder }
    }

    /// Reads one job folder: everything but what only several jobs together can tell.
    package func read(job name: String) -> JobReading { readLoose(name).reading }

    /// Reads every job folder, and adds what only several jobs together can tell: unknown jobs and cycles of `after`, clashes of
    /// former names. Empty when there is no `Jobs/`.
    package func readAll() -> [JobReading] {
        let names = (try? jobNames()) ?? []
        return Neighbours.judge(names.map(readLoose))
    }

    /// A number that changes when somebody adds, removes, renames or writes a file of the job folder, from names, sizes and times
    /// only: cheap enough to ask every second. It says nothing about files outside the folder, and is not kept between processes.
    package func signature(job name: String) -> UInt64 {
        var hasher = Hasher()
        let walk = FolderWalk(folder: workspace + "/Jobs/" + name, workspace: workspace, mostFiles: mostFiles, into: Findings(file: ""))
        for item in walk.items {
            hasher.combine(item.path)
            hasher.combine(item.stamp)
        }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// A reading with what its neighbours need to know about it.
    struct Loose {
        let name: String
        let reading: JobReading
        let file: String
        let after: [Placed<String>]
        let formerNames: [Placed<String>]
    }

    private func readLoose(_ name: String) -> Loose {
        let shown = "Jobs/" + name
        let jobFile = shown + "/job.yaml"
        func broken(_ diagnostics: [Diagnostic]) -> Loose {
            Loose(name: name, reading: .broken(name: name, diagnostics), file: jobFile, after: [], formerNames: [])
        }
        if let bad = Rules.job(name) {
            return broken([Diagnostic(file: shown, "the folder \(bad.message)", suggestion: bad.suggestion.map { $0.hasPrefix("write") ? "rename the folder to" + $0.dropFirst(5) : $0 })])
        }
        guard let folder = Files.resolved(workspace + "/" + shown), Files.target(folder)?.kind == .folder else {
            return broken([Diagnostic(file: shown, "there is no such job folder")])
        }
        if Workspace.state(ofResolved: folder, in: workspace) != .folder {
            return broken([Diagnostic(file: shown, "the job folder is a link out of the workspace", suggestion: "put a copy of the folder there")])
        }
        let folderFindings = Findings(file: shown)
        let walk = FolderWalk(folder: folder, workspace: workspace, mostFiles: mostFiles, into: folderFindings)
        if walk.full { return broken(folderFindings.sorted) }
        guard walk.items.contains(where: { $0.path == "job.yaml" }) else {
            if folderFindings.list.isEmpty { folderFindings.error(nil, "the folder has no job.yaml", "write one that begins with `contract: 1`, or move the folder out of Jobs/") }
            return broken(folderFindings.sorted)
        }
        let findings = Findings(file: jobFile)
        let surroundings = JobSurroundings(folder: folder, workspace: workspace, walk: walk, zones: zones)
        let jobText = TextFile.read(path: folder + "/job.yaml", into: findings)
        let file = jobText.flatMap { JobFile.read($0, job: name, surroundings: surroundings, into: findings) }
        var diagnostics = folderFindings.list + findings.list
        if let definition = file?.definition { diagnostics += JobTexts.check(folder: folder, shown: shown, definition: definition) }
        let manifest = diagnostics.contains { $0.severity == .error } ? nil : self.manifest(walk, folder: folder, shown: shown, &diagnostics)
        diagnostics = Findings.sorted(diagnostics)
        let reading: JobReading
        if let manifest, let definition = file?.definition, !diagnostics.contains(where: { $0.severity == .error }) {
            let digest = Vocabulary.Digest(bytes: SHA256.hash(data: Array(manifest.text.utf8)))
            reading = .good(JobFolder(name: name, definition: definition, manifest: manifest, manifestDigest: digest, diagnostics: diagnostics, folder: folder))
        } else {
            reading = .broken(name: name, diagnostics)
        }
        return Loose(name: name, reading: reading, file: jobFile, after: file?.after ?? [], formerNames: file?.formerNames ?? [])
    }

    private func manifest(_ walk: FolderWalk, folder: String, shown: String, _ diagnostics: inout [Diagnostic]) -> Manifest? {
        var files: [Manifest.File] = []
        for item in walk.items {
            do throws(DefiningError) {
                guard let digest = try cache.digest(of: folder + "/" + item.path, stamp: item.stamp) else {
                    diagnostics.append(Diagnostic(file: shown + "/" + item.path, "the file changed while it was being read", suggestion: "try again when it is quiet"))
                    continue
                }
                files.append(Manifest.File(path: item.path, sha256: digest, bytes: item.stamp.bytes, executable: item.stamp.executable))
            } catch {
                diagnostics.append(Diagnostic(file: shown + "/" + item.path, "the file cannot be read: \(error.detail)", suggestion: "give the server's user the right to read it"))
            }
        }
        return Manifest(files: files)
    }
}
