// What PostgreSQL knows about the record's own schema: whether the tables are ours, and what is wrong with them.

enum PostgreSQLSchema {
    /// Whether there is a record, of whatever age.
    static func isThere(_ connection: any Connection) throws -> Bool {
        try connection.exists("SELECT 1 FROM pg_catalog.pg_tables t WHERE t.schemaname = current_schema() AND t.tablename = 'schema_migration'")
    }

    /// Throws `schema` when the database's schema holds tables, and none of them says that they are ours.
    static func refuseForeign(_ connection: any Connection) throws {
        let tables = try connection.all("SELECT t.tablename FROM pg_catalog.pg_tables t WHERE t.schemaname = current_schema()") { try $0.next(String.self) }
        guard tables.isEmpty || tables.contains("schema_migration") else {
            throw RecordingError(
                .schema, subject: "the database", detail: "holds tables of another program; make a database for Almanac alone")
        }
    }

    /// Constraints and indexes that do not hold, damaged indexes (where the extension `amcheck` is installed), pages whose checksums are wrong, and
    /// rows that name rows which are not there.
    static func damage(_ connection: any Connection) throws -> [String] {
        try unenforced(connection) + indexes(connection) + checksums(connection) + orphans(connection)
    }

    private static func unenforced(_ connection: any Connection) throws -> [String] {
        let constraints = """
            SELECT 'constraint ' || c.conname || ' of ' || c.conrelid::regclass::text || ' was never checked'
            FROM pg_catalog.pg_constraint c WHERE c.connamespace = current_schema()::regnamespace AND NOT c.convalidated ORDER BY 1
            """
        let indexes = """
            SELECT 'index ' || i.indexrelid::regclass::text || ' is not usable'
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class k ON k.oid = i.indexrelid
            WHERE k.relnamespace = current_schema()::regnamespace AND NOT (i.indisvalid AND i.indisready) ORDER BY 1
            """
        return try [constraints, indexes].flatMap { try connection.all($0) { try $0.next(String.self) } }
    }

    /// The first damaged index is told: an error ends the transaction, and so the search.
    private static func indexes(_ connection: any Connection) throws -> [String] {
        guard try connection.exists("SELECT 1 FROM pg_catalog.pg_extension e WHERE e.extname = 'amcheck'") else { return [] }
        do {
            _ = try connection.select(
                """
                SELECT bt_index_check(k.oid) FROM pg_catalog.pg_class k JOIN pg_catalog.pg_am m ON m.oid = k.relam
                WHERE m.amname = 'btree' AND k.relkind = 'i' AND k.relnamespace = current_schema()::regnamespace
                """, [])
            return []
        } catch let error as RecordingError where error.postgreSQLFailure?.state.hasPrefix("XX") == true {
            return [error.detail]
        }
    }

    private static func checksums(_ connection: any Connection) throws -> [String] {
        let sql = "SELECT coalesce(max(d.checksum_failures), 0) FROM pg_catalog.pg_stat_database d WHERE d.datname = current_database()"
        let failures: Int = try connection.value(sql) ?? 0
        return failures == 0 ? [] : ["\(failures) pages had a wrong checksum"]
    }

    private static func orphans(_ connection: any Connection) throws -> [String] {
        // One statement per foreign key, written by the catalogue of the database itself.
        let statements = """
            SELECT format('a row of %s names a row of %s that is not there', k.conrelid::regclass, k.confrelid::regclass),
                format('SELECT 1 FROM %s c WHERE (%s) AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s) LIMIT 1', k.conrelid::regclass,
                    string_agg(format('c.%I IS NOT NULL', a.attname), ' AND '), k.confrelid::regclass,
                    string_agg(format('c.%I = p.%I', a.attname, b.attname), ' AND '))
            FROM pg_catalog.pg_constraint k CROSS JOIN LATERAL unnest(k.conkey, k.confkey) AS u (mine, other)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.mine
            JOIN pg_catalog.pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = u.other
            WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace
            GROUP BY k.oid, k.conrelid, k.confrelid ORDER BY 1, 2
            """
        let checks = try connection.all(statements) { (finding: try $0.next(String.self), sql: try $0.next(String.self)) }
        return try checks.filter { try connection.exists($0.sql) }.map(\.finding)
    }
}
