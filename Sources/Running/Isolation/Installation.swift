// Where an interpreter is really installed, so that exactly that is shown to a job.
import Glibc

/// The mounts that a program outside the system's own folders needs: under a home folder, /opt, or a built environment.
enum Installation {
    /// Shows the whole prefix of an installation (the folder above `bin`), the way that links take to it included.
    /// - Parameters:
    ///   - program: absolute; may be a link, or a chain of them.
    ///   - visible: folders that a job sees anyway.
    ///   - secret: folders of which no job may see the whole; of a prefix that is or holds one, only programs and libraries are shown.
    static func mounts(of program: String, visible: [String], secret: [String]) -> [Mount] {
        func isVisible(_ path: String) -> Bool { visible.contains { isInside(path, $0) } }
        guard let real = realPath(program) else { return [] }
        let home = prefix(real)
        var mounts: [Mount] = []
        var shown: [String] = []
        if !isVisible(real) {
            mounts += parts(of: home, program: real, secret: secret).map(Mount.readOnly(_:))
            shown = mounts.map(\.path)
        }
        for hop in hops(from: program) where !isVisible(hop.path) && !shown.contains(where: { isInside(hop.path, $0) }) {
            let literal = prefix(hop.path)
            if literal != home, realPath(literal) == home, !isVisible(real), shown == [home] {
                // The same installation under another name: `versions/3.11` for `versions/3.11.7`.
                mounts.append(Mount(path: literal, kind: .readOnly(from: home)))
                shown.append(literal)
            } else if let target = hop.target {
                mounts.append(Mount(path: hop.path, kind: .link(to: target)))
            }
        }
        return mounts
    }

    /// `/opt/x` for `/opt/x/bin/tool`, else the program's folder.
    private static func prefix(_ program: String) -> String {
        let folder = parent(program)
        return folder.hasSuffix("/bin") && folder != "/bin" ? parent(folder) : folder
    }

    private static func parts(of prefix: String, program: String, secret: [String]) -> [String] {
        let isOpen = prefix != "/" && !secret.contains { isInside($0, prefix) }
        if isOpen { return [prefix] }
        guard prefix != "/", parent(program) == prefix + "/bin" else { return [program] }
        return ["bin", "lib", "lib32", "lib64", "libexec", "include"].map { prefix + "/" + $0 }
            .filter { part in access(part, F_OK) == 0 && !secret.contains { isInside($0, part) } }
    }

    /// The program and every link on the way to the file behind it.
    private static func hops(from program: String) -> [(path: String, target: String?)] {
        var hops: [(path: String, target: String?)] = []
        var path = program
        while hops.count < 16 {
            var buffer = [CChar](repeating: 0, count: 4096)
            let count = readlink(path, &buffer, buffer.count)
            guard count > 0 else { return hops + [(path, nil)] }
            let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            hops.append((path, target))
            path = target.hasPrefix("/") ? target : simplified(parent(path) + "/" + target)
        }
        return hops
    }

    private static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    private static func simplified(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}

/// A path without links in it, or nil when nothing stands there.
func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
}
