// Removing what jobs leave, however they built it.
import Glibc
import Testing

@testable import Running

struct FoldersTests {
    @Test func `Folders in folders take neither descriptors nor stack to remove`() throws {
        let scene = try Scene()
        let (top, depth) = (scene.path + "/top", 3000)
        try Folders.make(top + "/0")
        var at = try Descriptor(top, O_RDONLY | O_DIRECTORY)
        for _ in 0..<depth {
            #expect(mkdirat(at.number, "d", 0o700) == 0 && mkdirat(at.number, "closed", 0o100) == 0)
            at = try at.open("d", O_RDONLY | O_DIRECTORY).get()
        }
        // A name that is given on the way, and rights that are taken.
        #expect(mkdirat(at.number, "full", 0o700) == 0)
        #expect(fchmodat(at.number, "full", 0, 0) == 0)
        try Descriptor(top + "/1", O_WRONLY | O_CREAT).write([1])
        #expect(symlink(scene.path, top + "/link") == 0)
        try Folders.remove(top)
        #expect(access(top, F_OK) != 0 && access(scene.path, F_OK) == 0)
        try Folders.remove(top)
    }
}
