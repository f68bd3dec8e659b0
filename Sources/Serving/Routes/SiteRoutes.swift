// Every route of the site, in one table.

enum SiteRoutes {
    /// The table that the server answers by.
    static let table: RouteTable = {
        var table = RouteTable()
        HealthRoutes.mount(on: &table)
        MetricsRoutes.mount(on: &table)
        AssetRoutes.mount(on: &table)
        CatalogueRoutes.mount(on: &table)
        ReportRoutes.mount(on: &table)
        EditionRoutes.mount(on: &table)
        RunRoutes.mount(on: &table)
        ScheduleRoutes.mount(on: &table)
        ContentRoutes.mount(on: &table)
        SignInRoutes.mount(on: &table)
        LinkRoutes.mount(on: &table)
        AccountRoutes.mount(on: &table)
        APIRoutes.mount(on: &table)
        return table
    }()
}
