// Every page in every state is what its golden file says.
import Foundation
import Markup
@testable import Rendering
import Testing

@Suite struct GoldenPageTests {
    @Test(arguments: PageCases.pages.map(\.0))
    func `The page is what its golden file says`(name: String) throws {
        let page = try #require(PageCases.pages.first { $0.0 == name }?.1)
        try expectGolden(builtIn().article(page), name)
    }

    @Test func `Every page has at least one golden case`() {
        let covered = Set(PageCases.pages.map { type(of: $0.1).stem })
        #expect(covered == Set(allPages.map { $0.stem }))
    }

    @Test func `The frame is what its golden file says`() throws {
        try withTemporaryFolder { folder in
            for name in ["site.css", "site.js", "theme.js", "icon.svg"] { try write("x", to: "\(folder)/\(name)") }
            let frame = Frame(
                siteTitle: "Almanac", actorName: "ann", isAdministrator: true, path: "/reports/x", formToken: "t0ken",
                banners: [Banner(.warning, "The disk is nearly full.")], assets: try Assets(folders: [folder]))
            try expectGolden(builtIn().page(NotFoundPage(), frame: frame), "frame/signed-in")
            let nobody = Frame(siteTitle: "Almanac", actorName: nil, path: "/reports/x?a=b", formToken: nil, assets: try Assets(folders: [folder]))
            try expectGolden(builtIn().page(NotFoundPage(), frame: nobody), "frame/signed-out")
        }
    }

    @Test(arguments: ["/", "/login?next=/runs", "/link/ali_secret", "/link/ali_secret?x=y", "/logout"])
    func `The way in does not carry the pages of signing in, nor the secret of a link`(path: String) throws {
        let assets = try withTemporaryFolder { folder in
            for name in ["site.css", "site.js", "theme.js", "icon.svg"] { try write("x", to: "\(folder)/\(name)") }
            return try Assets(folders: [folder])
        }
        let page = try builtIn().page(NotFoundPage(), frame: Frame(siteTitle: "Almanac", actorName: nil, path: path, formToken: nil, assets: assets))
        #expect(page.contains("<a class=\"who\" href=\"/login\">Sign in</a>"))
        #expect(!page.contains("secret"))
    }

    @Test func `A page with its assets stays under 100 KiB`() throws {
        let assets = try Assets(folders: [Tree.assets])
        var total = 0
        for name in ["site.css", "site.js", "theme.js", "icon.svg"] {
            let address = try #require(assets.address(name))
            total += try #require(assets.file(at: address)).bytes.count
        }
        let largest = try PageCases.all(builtIn()).map { $0.1.utf8.count }.max() ?? 0
        #expect(total + largest < 100 * 1024, "assets \(total) bytes, largest page \(largest) bytes")
    }

    @Test func `What a page costs`() throws {
        let renderer = try builtIn()
        let frame = Frame(siteTitle: "Almanac", actorName: "ann", path: "/", formToken: "t", assets: try Assets(folders: [Tree.assets]))
        for name in ["catalogue/planner", "report/current", "run/succeeded", "not-found/any"] {
            let page = try #require(PageCases.pages.first { $0.0 == name }?.1)
            let times = (0..<50).map { _ in ContinuousClock().measure { _ = renderer.page(page, frame: frame) } }.sorted()
            print("\(name): \(times[25].components.attoseconds / 1_000_000_000_000) µs (median of 50, this build)")
        }
    }
}
