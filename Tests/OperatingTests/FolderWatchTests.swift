// A folder is taken once it has been quiet for a second.
@testable import Operating
import Testing
import Vocabulary

@Suite struct `Watching folders` {
    @Test func `the first look takes every folder at once`() {
        var watch = FolderWatch()
        let look1 = watch.observe(["a": 1, "b": 2], at: Instant(milliseconds: 0))
        #expect(look1 == ["a", "b"])
        let look2 = watch.observe(["a": 1, "b": 2], at: Instant(milliseconds: 2000))
        #expect(look2 == [])
        #expect(!watch.isWaiting)
    }

    @Test func `a changed folder is taken when a second has passed without another change`() {
        var watch = FolderWatch()
        _ = watch.observe(["a": 1], at: Instant(milliseconds: 0))
        let look3 = watch.observe(["a": 2], at: Instant(milliseconds: 2000))
        #expect(look3 == [])
        #expect(watch.isWaiting)
        let look4 = watch.observe(["a": 3], at: Instant(milliseconds: 3000))
        #expect(look4 == [])
        let look5 = watch.observe(["a": 3], at: Instant(milliseconds: 3500))
        #expect(look5 == [])
        let look6 = watch.observe(["a": 3], at: Instant(milliseconds: 4000))
        #expect(look6 == ["a"])
        let look7 = watch.observe(["a": 3], at: Instant(milliseconds: 9000))
        #expect(look7 == [])
    }

    @Test func `a folder that disappears is noticed once`() {
        var watch = FolderWatch()
        let look8 = watch.gone(present: ["a", "b"])
        #expect(look8, "the first look compares with the record")
        let look9 = watch.gone(present: ["a", "b"])
        #expect(!look9)
        let look10 = watch.gone(present: ["a"])
        #expect(look10)
        let look11 = watch.gone(present: ["a"])
        #expect(!look11)
        let look12 = watch.gone(present: ["a", "c"])
        #expect(!look12)
    }

    @Test func `a folder that comes back is taken again`() {
        var watch = FolderWatch()
        _ = watch.observe(["a": 1], at: Instant(milliseconds: 0))
        _ = watch.gone(present: [])
        _ = watch.observe([:], at: Instant(milliseconds: 2000))
        let look13 = watch.observe(["a": 1], at: Instant(milliseconds: 4000))
        #expect(look13 == [])
        let look14 = watch.observe(["a": 1], at: Instant(milliseconds: 5000))
        #expect(look14 == ["a"])
    }

    @Test func `the workspace is looked at every two seconds, and less often where looking itself takes long`() {
        #expect(RegistrationService.pause(afterLookOf: .milliseconds(1)) == .seconds(2))
        #expect(RegistrationService.pause(afterLookOf: .milliseconds(170)) == .milliseconds(34_000))
        #expect(RegistrationService.pause(afterLookOf: .seconds(5)) == .seconds(60))
    }
}
