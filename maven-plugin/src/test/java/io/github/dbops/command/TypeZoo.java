package io.github.dbops.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every type that a user can store, each with odd values of which no neighbours are equal to the bit. Of each type there
 * are five columns in the one table {@code zoo}: the type, an array of it, a domain over it, an array of that domain, and
 * a composite that holds both. A row of the table has a value in one column only, so that no other can hide a change of it.
 */
final class TypeZoo {

    /** Types that no user can write a value of: their input function refuses everything. */
    static final List<String> NEVER_WRITTEN = List.of(
            "gtsvector",
            "pg_brin_bloom_summary",
            "pg_brin_minmax_multi_summary",
            "pg_dependencies",
            "pg_mcv_list",
            "pg_ndistinct",
            "pg_node_tree",
            "gtrgm",
            "ghstore",
            "ltree_gist",
            "gbtreekey4",
            "gbtreekey8",
            "gbtreekey16",
            "gbtreekey32",
            "gbtreekey_var",
            "gbtreekey2",
            "intbig_gkey");

    /** Types whose columns a sync refuses: numbers of objects in one database. */
    static final List<String> REFUSED = List.of("oid", "oid[]", "oidvector", "lo");

    /** Extensions, and what else the types need; statements for the source and the target. */
    static final String SETUP = """
            CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE EXTENSION cube;
            CREATE EXTENSION isn; CREATE EXTENSION seg; CREATE EXTENSION intarray; CREATE EXTENSION pg_trgm;
            CREATE EXTENSION lo; CREATE EXTENSION btree_gist; CREATE EXTENSION earthdistance;
            CREATE TABLE named (x int); CREATE TABLE "Named ""too" (x int);
            CREATE TYPE "Odd ""Mood" AS ENUM ('Ok', 'ok', ' it''s "odd", {isn''t} (it)', 'NULL', '\\', '');
            CREATE TYPE inner_pair AS (amount numeric, "Mood" "Odd ""Mood", notes text[]);
            CREATE TYPE outer_pair AS (one inner_pair, many inner_pair[], price money, "when" timestamptz);
            CREATE TYPE textrange AS RANGE (subtype = text, multirange_type_name = textmultirange);
            CREATE TYPE moodrange AS RANGE (subtype = "Odd ""Mood", multirange_type_name = moodmultirange);
            """;

    private final List<Column> columns = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<String> covered = new ArrayList<>();

    /**
     * All types.
     *
     * @param majorVersion of the older server: what only newer ones know is left out
     */
    TypeZoo(int majorVersion) {
        numbers();
        texts();
        times(majorVersion);
        documents();
        shapes();
        objects();
        ranges();
        contrib();
        own();
    }

    private void numbers() {
        add("bool", "t", "f");
        add("int2", "-32768", "32767", "0");
        add("int4", "-2147483648", "2147483647", "0");
        add("int8", "-9223372036854775808", "9223372036854775807", "0");
        add("numeric", "1.0", "1.00", "NaN", "Infinity", "-Infinity", "1e400", "1e-400", "0", "0.00");
        add("numeric(9,2)", "-0.01", "0", "NaN");
        add("float4", "-0", "0", "NaN", "Infinity", "-Infinity", "1e-45", "0.1", "16777217");
        add("float8", "-0", "0", "NaN", "Infinity", "-Infinity", "5e-324", "0.1", "0.30000000000000004");
        add("money", "12.34", "-12.34", "92233720368547758.07");
        add("bit", "0", "1");
        add("bit(5)", "00000", "10101");
        add("varbit", "", "0", "00", "1");
        add("uuid", "00000000-0000-0000-0000-000000000000", "0c6f1a0e-9ac5-4d6e-8d39-7d1f6e0b1c11");
    }

    private void texts() {
        add("text", "", " ", "é", "e\u0301", "NULL", "\\N", "\\", "{\"a,b\"}", "two\nlines\r\t", "😀", "it's");
        add("varchar", "a", "a ", "A");
        add("varchar(3)", "a", "a  ", "żżż");
        add("bpchar", "a", "a ", "");
        add("char(5)", "a", "", "a b");
        add("\"char\"", "a", "", "b");
        add("name", "a", "A", "é".repeat(31) + "x", "");
        String allBytes =
                IntStream.range(0, 256).mapToObj(b -> String.format("%02x", b)).collect(Collectors.joining());
        add("bytea", "\\x", "\\x00", "\\x0000", "\\x" + allBytes);
        add("xml", "<a b=\"1\"/>", "<a b=\"1\"></a>", "only text", "<?xml version=\"1.0\"?><é/>", "");
        add("tsvector", "a:1 b:2A", "a:1 b:2", "", "'it''s' 'é':1,2,16383");
        add("tsquery", "a & b", "a | b", "", "!'it''s':*AB <3> 'é'");
        add("refcursor", "a", "");
    }

    private void times(int majorVersion) {
        add("date", "4713-01-01 BC", "infinity", "-infinity", "5874897-12-31", "2024-02-29");
        add("time", "24:00", "00:00", "23:59:59.999999");
        add("time(0)", "24:00", "12:00:01");
        add("timetz", "12:00+02", "11:00+01", "24:00:00-15:59", "12:00:00+01:30:15");
        add("timestamp", "0044-03-15 12:00 BC", "infinity", "-infinity", "294276-12-31 23:59:59.999999");
        add("timestamptz", "0044-03-15 12:00+00 BC", "infinity", "-infinity", "2024-02-29 12:00:00.123456+14");
        add("timestamptz(3)", "2024-02-29 12:00:00.123+14", "2024-02-29 12:00:00.124+14");
        List<String> intervals = new ArrayList<>(
                List.of("24 hours", "1 day", "30 days", "1 mon", "1 mon -1 day +00:00:00.000001", "-178000000 years"));
        if (majorVersion >= 17) {
            intervals.addAll(List.of("infinity", "-infinity"));
        }
        add("interval", intervals.toArray(new String[0]));
        add("interval year to month", "1 year 2 mons", "-2 mons");
    }

    private void documents() {
        String deep = "[".repeat(300) + "]".repeat(300);
        String odd = "{\"b\": [1, null, \"\\u00e9\"], \"a\": -0, \"a\": 1E400}";
        add("json", "1.0", "1.00", "-0", "1e400", odd, odd.replace(" ", ""), "\"\\u0000\"", "null", deep);
        add("jsonb", "1.0", "1.00", "1e400", "0.10e-300", odd, "null", "\"\"", "{}", deep);
        add("jsonpath", "$.\"a\"", "strict $", "$[*] ? (@.b > 1e3)");
    }

    private void shapes() {
        add("point", "(0.1,-0)", "(0.1,0)", "(NaN,Infinity)");
        add("line", "{1,-1,0}", "{1,-1,-0}");
        add("lseg", "[(0,0),(1,1)]", "[(1,1),(0,0)]");
        add("box", "(2,2),(0,0)", "(4,1),(0,0)");
        add("path", "((0,0),(1,1))", "[(0,0),(1,1)]");
        add("polygon", "((0,0),(1,1),(1,0))", "((1,1),(1,0),(0,0))");
        add("circle", "<(0,0),1>", "<(0,-0),1>");
        add("inet", "10.0.0.1/8", "10.0.0.1", "::1", "::ffff:10.0.0.1");
        add("cidr", "::/0", "10.0.0.0/8", "10.0.0.0/9");
        add("macaddr", "08:00:2b:01:02:03", "08:00:2b:01:02:04");
        add("macaddr8", "08:00:2b:01:02:03:04:05", "08:00:2b:ff:fe:01:02:03");
    }

    private void objects() {
        add("regclass", "named", "\"Named \"\"too\"", "-");
        add("regtype", "integer", "\"Odd \"\"Mood\"", "textrange");
        add("regproc", "now", "-");
        add("regprocedure", "abs(integer)", "abs(bigint)");
        add("regoper", "||/", "pg_catalog.|/");
        add("regoperator", "+(integer,integer)", "-(NONE,integer)");
        add("regrole", "postgres", "pg_monitor");
        add("regnamespace", "public", "pg_catalog");
        add("regcollation", "\"C\"", "\"POSIX\"");
        add("regconfig", "english", "simple");
        add("regdictionary", "english_stem", "simple");
        add("aclitem", "postgres=r/postgres", "=arw/postgres");
        add("int2vector", "1 2", "2 1", "");
        add("pg_lsn", "16/B374D848", "0/0");
        add("pg_snapshot", "10:20:10,14,15", "10:20:");
        add("txid_snapshot", "10:20:10,14,15", "10:20:");
        add("tid", "(0,1)", "(4294967295,65535)");
        add("xid", "5", "4294967295");
        add("xid8", "5", "18446744073709551615");
        add("cid", "5", "0");
    }

    private void ranges() {
        add("int4range", "[1,5)", "empty", "(,)");
        add("int8range", "[1,5)", "empty", "[1,)");
        add("numrange", "[1.0,2]", "[1.00,2]", "[1.0,2)", "[NaN,NaN]", "(,Infinity]");
        add("daterange", "[2024-01-01,infinity)", "[2024-01-01,)");
        add("tsrange", "[2024-01-01,infinity)", "[2024-01-01,)", "[2024-01-01,infinity]");
        add("tstzrange", "[2024-01-01 00:00+00,infinity)", "(-infinity,2024-01-01 00:00+00]");
        add("int4multirange", "{[1,3),[5,7)}", "{}");
        add("int8multirange", "{[1,3),[5,7)}", "{(,)}");
        add("nummultirange", "{[1.0,2]}", "{[1.00,2]}");
        add("datemultirange", "{[2024-01-01,infinity)}", "{[2024-01-01,)}");
        add("tsmultirange", "{[2024-01-01,infinity)}", "{}");
        add("tstzmultirange", "{[2024-01-01 00:00+00,infinity)}", "{}");
        add("textrange", "[a,\"b c\")", "(,)", "[\"\",\"\\\\\"]");
        add("textmultirange", "{[a,\"b c\"),[x,)}", "{}");
        add("moodrange", "[Ok,ok]", "[Ok,ok)", "empty");
        add("moodmultirange", "{[Ok,ok]}", "{}");
    }

    private void contrib() {
        add("citext", "Shoe", "shoe", "");
        add("hstore", "a=>1, b=>NULL", "a=>1, b=>\"NULL\"", "", "\"é,=>\"=>\"\\\"\"");
        add("ltree", "a.b", "a.B", "");
        add("lquery", "*.a.*", "a|b.!c{1,2}");
        add("ltxtquery", "a & b", "a | b*@%");
        add("cube", "(1,2),(3,4)", "(3,4),(1,2)", "(0.1)", "(-0)", "(0)");
        add("seg", "1.5 .. 2.5", "1.50 .. 2.5", "<3", "~0.1 .. ");
        add("query_int", "1&2", "1|!2");
        add("ean13", "9780393040029", "0036000291452");
        add("isbn13", "978-0-393-04002-9", "978-0-11-000222-4");
        add("ismn13", "979-0-060-11561-5", "979-0-3452-4680-5");
        add("issn13", "977-1436-452-00-8", "977-0317-847-00-1");
        add("isbn", "0-393-04002-X", "0-11-000222-9");
        add("ismn", "M-060-11561-5", "M-3452-4680-5");
        add("issn", "1436-4522", "0317-8471");
        add("upc", "036000291452", "012345678905");
    }

    private void own() {
        add("\"Odd \"\"Mood\"", "Ok", "ok", " it's \"odd\", {isn't} (it)", "NULL", "\\", "");
        add("inner_pair", "(1.0,Ok,\"{a,NULL,\"\"NULL\"\"}\")", "(1.00,Ok,\"{a,NULL}\")", "(,,)", "(,\"\",{})");
        add(
                "outer_pair",
                "(\"(1,ok,)\",\"{\"\"(2,Ok,{x})\"\",NULL}\",$1.50,infinity)",
                "(,{},-$1.50,\"2024-02-29 12:00:00+00\")",
                "(\"(,,)\",,,)");
    }

    private void add(String type, String... texts) {
        List<String> values = Arrays.stream(texts).map(TypeZoo::literal).toList();
        int number = covered.size();
        covered.add(type);
        String one = values.get(0);
        String other = values.get(1);
        String flat = "CAST(ARRAY[" + one + ", NULL, " + other + "] AS " + type + "[])";
        String square = "CAST(ARRAY[[" + other + ", NULL], [" + one + ", " + other + "]] AS " + type + "[])";
        String shifted = "CAST('[0:1][-1:0]=' || CAST(" + square + " AS text) AS " + type + "[])";
        types.add("CREATE DOMAIN d" + number + " AS " + type);
        types.add("CREATE TYPE k" + number + " AS (a " + type + ", b " + type + "[])");
        column(type, values);
        column(type + "[]", List.of(flat, shifted, square, "'{}'"));
        column("d" + number, values.subList(0, 2));
        column("d" + number + "[]", List.of(flat, shifted));
        column("k" + number, List.of("ROW(" + one + ", " + flat + ")", "ROW(NULL, " + shifted + ")"));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    // Each value, then none: the next is always another.
    private void column(String type, List<String> values) {
        List<String> all = new ArrayList<>(values);
        all.add("NULL");
        columns.add(new Column("c" + columns.size(), type, all));
    }

    /** The types, as SQL names them. */
    List<String> covered() {
        return covered;
    }

    /** Extensions, types and the empty table, in one text. */
    String schema() {
        String list = columns.stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "));
        return SETUP + String.join(";\n", types) + ";\nCREATE TABLE zoo (id text PRIMARY KEY, " + list + ")";
    }

    /** How many rows the table has. */
    int rows() {
        return columns.stream().mapToInt(c -> c.values().size()).sum();
    }

    /** Fills the table: a row for each value of each column. */
    String inserts() {
        return rows("INSERT INTO zoo (id, %2$s) VALUES (%1$s, CAST(%4$s AS %3$s))", 0);
    }

    /** Gives every row its column's next value. */
    String updates() {
        return rows("UPDATE zoo SET %2$s = CAST(%4$s AS %3$s) WHERE id = %1$s", 1);
    }

    private String rows(String statement, int ahead) {
        List<String> statements = new ArrayList<>();
        for (Column column : columns) {
            int count = column.values().size();
            for (int i = 0; i < count; i++) {
                String value = column.values().get((i + ahead) % count);
                String id = literal(column.name() + " " + column.type() + " " + i);
                statements.add(statement.formatted(id, column.name(), column.type(), value));
            }
        }
        return String.join(";\n", statements);
    }

    /** A column of the table, and the expressions of its values. */
    private record Column(String name, String type, List<String> values) {}
}
