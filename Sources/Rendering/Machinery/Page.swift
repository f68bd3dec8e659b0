// A page: one model, one template of the same stem.
import Vocabulary

/// A model that fills a template of `Templates/pages/<stem>.mustache`.
package protocol Page: TemplateModel {
    /// File name of the template without its ending, as the page is called in the tree.
    static var stem: String { get }
    /// What stands in the browser's tab before the site's title.
    var pageTitle: String { get }
    /// Which entry of the navigation the page belongs to.
    var section: Section { get }
}

/// The entries of the navigation.
package enum Section: String, Sendable, CaseIterable {
    case reports, runs, schedule, help, account, none
}

/// Every page there is: what `check` and the contract test walk through.
package let allPages: [any Page.Type] = [
    AccountPage.self, CardPage.self, CataloguePage.self, ContentPage.self, EditionsPage.self, FailurePage.self, LinkPage.self, LoginPage.self,
    NotFoundPage.self, RefusedPage.self, ReportPage.self, RunLogPage.self, RunPage.self, RunReportPage.self, RunsPage.self, SchedulePage.self,
]
