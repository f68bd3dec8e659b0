// The files of a job folder, as they count: without hidden ones and what tools leave behind.
internal import Vocabulary

/// One walk over a job folder.
struct FolderWalk {
    /// A file that belongs to the job version.
    struct Item {
        /// Inside the job folder, with `/`.
        let path: String
        /// Of the file itself, or of what a link leads to.
        let stamp: FileStamp
    }

    static let deepest = 32
    /// Bytes from which a warning says that a job folder is no place for data.
    static let large: Int64 = 1 << 30

    private(set) var items: [Item] = []
    private let root: String
    private let workspace: String
    private let findings: Findings
    private let mostFiles: Int
    /// Whether the walk was given up because there are too many files.
    private(set) var full = false

    /// Walks `folder`; both paths are absolute and resolved. What cannot belong to a job is written down.
    init(folder: String, workspace: String, mostFiles: Int, into findings: Findings) {
        root = folder
        self.mostFiles = mostFiles
        self.workspace = workspace
        self.findings = findings
        walk("", depth: 0)
        if full { findings.error(nil, "the job folder holds more than \(mostFiles) files", "keep data outside, and name it under `inputs`") }
        let total = items.reduce(Int64(0)) { $0 + $1.stamp.bytes }
        if total > FolderWalk.large {
            findings.warn(nil, "the files of the job folder have \(ByteCount(total)), and each new version keeps them", "keep data outside, and name it under `inputs`")
        }
    }

    /// Whether a name is left out: hidden files, and what Python and RStudio leave behind.
    static func isIgnored(_ name: String) -> Bool { name.hasPrefix(".") || name == "__pycache__" || name.hasSuffix(".pyc") }

    private mutating func walk(_ folder: String, depth: Int) {
        guard depth <= FolderWalk.deepest else {
            findings.error(nil, "the folder \(quoted(folder)) lies too deep", "use fewer levels")
            return
        }
        let names: [String?]
        do throws(DefiningError) { names = try Files.names(in: folder.isEmpty ? root : root + "/" + folder) } catch {
            findings.error(nil, "the folder \(quoted(folder.isEmpty ? "." : folder)) cannot be read: \(error.detail)", "give the server's user the right to read it")
            return
        }
        for name in names where !full {
            guard let name, !name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else {
                findings.error(nil, "the name of a file \(folder.isEmpty ? "" : "in \(quoted(folder)) ")is not readable text", "rename it")
                continue
            }
            if !FolderWalk.isIgnored(name) { visit(folder.isEmpty ? name : folder + "/" + name, depth: depth) }
        }
    }

    private mutating func visit(_ path: String, depth: Int) {
        guard let stamp = Files.stamp(root + "/" + path) else { return }
        switch stamp.kind {
        case .folder: walk(path, depth: depth + 1)
        case .file: add(path, stamp)
        case .link: follow(path)
        case .other: findings.error(nil, "\(quoted(path)) is neither a file nor a folder", "remove it")
        }
    }

    private mutating func follow(_ path: String) {
        guard let real = Files.resolved(root + "/" + path), let stamp = Files.target(root + "/" + path) else {
            findings.error(nil, "the link \(quoted(path)) leads nowhere", "remove it, or put the file there")
            return
        }
        switch Workspace.state(ofResolved: real, in: workspace) {
        case .outside: findings.error(nil, "the link \(quoted(path)) leads out of the workspace", "put a copy of the file there")
        case .hidden: findings.error(nil, "the link \(quoted(path)) leads into a hidden folder", "put a copy of the file there")
        case .folder: findings.error(nil, "the link \(quoted(path)) leads to a folder", "put copies of the files there, or name them under `inputs`")
        case .file: add(path, stamp)
        case .missing: findings.error(nil, "the link \(quoted(path)) leads to something that is no file", "remove it")
        }
    }

    private mutating func add(_ path: String, _ stamp: FileStamp) {
        if items.count >= mostFiles { full = true } else { items.append(Item(path: path, stamp: stamp)) }
    }
}
