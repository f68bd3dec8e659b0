// What stands round every page: navigation, banners, the form token, assets.
import Markup

/// A notice above a page.
package struct Banner: TemplateModel, Hashable {
    /// How much it matters.
    package enum Tone: String, Sendable { case note, warning, problem, success }
    package let tone: Tone
    package let text: String
    /// Where to read more or act, or nil.
    package let link: String?
    package let linkText: String?

    package init(_ tone: Tone, _ text: String, link: String? = nil, linkText: String? = nil) {
        self.tone = tone
        self.text = text
        self.link = link
        self.linkText = linkText
    }

    package static let table = FieldTable<Banner>(
        .text("tone") { $0.tone.rawValue },
        .text("text") { $0.text },
        .text("link") { $0.link },
        .text("linkText") { $0.linkText })
}

/// What a request knows about its reader and the site. It carries no clock: the same reader gets the same bytes until something changes.
package struct Frame: Sendable {
    package var siteTitle: String
    /// nil = signed out.
    package var actorName: String?
    package var isAdministrator: Bool
    /// Whether the navigation offers the runs.
    package var mayRun: Bool
    /// Path of the request, for `next` after signing in.
    package var path: String
    package var formToken: String?
    package var banners: [Banner]
    package var assets: Assets

    package init(
        siteTitle: String, actorName: String?, isAdministrator: Bool = false, mayRun: Bool = true, path: String, formToken: String?,
        banners: [Banner] = [], assets: Assets
    ) {
        self.siteTitle = siteTitle
        self.actorName = actorName
        self.isAdministrator = isAdministrator
        self.mayRun = mayRun
        self.path = path
        self.formToken = formToken
        self.banners = banners
        self.assets = assets
    }
}

/// An entry of the navigation.
struct NavigationItem: TemplateModel {
    let address: String
    let title: String
    let isCurrent: Bool

    static let table = FieldTable<NavigationItem>(
        .text("address") { $0.address },
        .text("title") { $0.title },
        .flag("isCurrent") { $0.isCurrent })
}

/// The model of the layout.
struct FrameModel: TemplateModel {
    let frame: Frame
    let title: String
    let section: Section
    let content: SafeHTML

    private var navigation: [NavigationItem] {
        var items: [NavigationItem] = [NavigationItem(address: "/", title: "Reports", isCurrent: section == .reports)]
        if frame.actorName != nil {
            items.append(NavigationItem(address: "/schedule", title: "Schedule", isCurrent: section == .schedule))
            if frame.mayRun { items.append(NavigationItem(address: "/runs", title: "Runs", isCurrent: section == .runs)) }
        }
        items.append(NavigationItem(address: "/help", title: "Help", isCurrent: section == .help))
        return items
    }

    /// Where to sign in. A page comes back afterwards, but not the pages of signing in and of links, whose path is a secret.
    private var signInAddress: String {
        let path = frame.path.prefix { $0 != "?" }
        let first = path.split(separator: "/", maxSplits: 1).first
        return first == nil || first == "login" || first == "link" || first == "logout" ? "/login" : "/login?next=" + queryEncoded(frame.path)
    }

    static let table = FieldTable<FrameModel>(
        .text("title") { $0.title },
        .text("siteTitle") { $0.frame.siteTitle },
        .text("actor") { $0.frame.actorName },
        .flag("isAdministrator") { $0.frame.isAdministrator },
        .flag("isAccountCurrent") { $0.section == .account },
        .many("navigation") { $0.navigation },
        .many("banners") { $0.frame.banners },
        .text("signInAddress") { $0.signInAddress },
        .text("formToken") { $0.frame.formToken },
        .text("styleAddress") { $0.frame.assets.address("site.css") },
        .text("scriptAddress") { $0.frame.assets.address("site.js") },
        .text("themeAddress") { $0.frame.assets.address("theme.js") },
        .text("iconAddress") { $0.frame.assets.address("icon.svg") },
        .html("content") { $0.content })
}

/// A text as part of a query: everything but unreserved characters and slashes in percent form (RFC 3986 section 2).
func queryEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case 48...57, 65...90, 97...122, 45, 46, 95, 126, 47: bytes.append(byte)
        default: bytes += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
