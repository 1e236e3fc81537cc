package io.github.dbops.world;

import java.util.List;

/** The types that columns of random worlds have, with their values: few, and as odd as a database lets them be. */
final class Alphabets {

    /** A label that the source's enum has where values shall not fit, and the target's never. */
    static final String SOURCE_LABEL = "only here";

    /** Text as it is found in databases that people have used for a while. */
    static final Alphabet TEXT = Alphabet.of(
            "text",
            "a",
            "b",
            "A",
            "",
            " ",
            "a ",
            "ä",
            "a\u0308",
            "it's",
            "\"quoted\"",
            "back\\slash",
            "\\N",
            "NULL",
            "two\nlines",
            "tab\there",
            "{a,b}",
            "(a,b)",
            "1",
            "😀",
            "%s",
            "$1",
            "; DROP TABLE x; --");

    /** What no report may show, of columns that the plan calls sensitive. */
    static final Alphabet SECRETS = Alphabet.of("text", "s3cret-1", "s3cret-2", "s3cret-3", "s3cret-4");

    /** What every one of them has. */
    static final String SECRET = "s3cret-";

    static final Alphabet UUID = Alphabet.of(
            "uuid",
            "00000000-0000-0000-0000-000000000000",
            "6f1e2d3c-4b5a-4978-8897-a6b5c4d3e2f1",
            "ffffffff-ffff-ffff-ffff-ffffffffffff");

    static final Alphabet INTEGER = Alphabet.of("integer", "0", "1", "2", "-1", "2147483647", "-2147483648");

    static final Alphabet BOOLEAN = Alphabet.of("boolean", "t", "f");

    static final Alphabet TIMESTAMPTZ = Alphabet.of(
            "timestamptz",
            "2024-02-29 12:00:00+00",
            "2024-02-29 12:00:00.000001+00",
            "2000-01-01 00:00:00+00",
            "2000-01-01 01:11:34.967297+00",
            "infinity",
            "-infinity",
            "0044-03-15 00:00:00+00 BC");

    private static final Alphabet VARCHAR =
            Alphabet.of("character varying(20)", "a", "A", "", "b ", "ä", "it's", "x\\y");

    // Different under every collation, so that unique indexes of both sides agree which rows they keep apart.
    private static final Alphabet CASELESS =
            Alphabet.of("text COLLATE ext.caseless", "A", "b", "", "ä", "it's", "two\nlines", "x\\y");

    private static final Alphabet TIMESTAMP = Alphabet.of(
            "timestamp",
            "2000-01-01 00:00:00",
            "2000-01-01 01:11:34.967297",
            "2024-01-01 00:00:01",
            "infinity",
            "0001-01-01 00:00:00 BC");

    private static final Alphabet NUMERIC = Alphabet.of("numeric", "NaN", "123456789012345678901234567890.5", "-1")
            .and("1", "1.0", "1.00")
            .and("0", "0.000")
            .and("-2.5", "-2.50");

    private static final Alphabet SMALL_NUMERIC = Alphabet.of("numeric(6,2)", "0.00", "1.50", "-9999.99", "NaN");

    private static final Alphabet DATE =
            Alphabet.of("date", "2024-02-29", "infinity", "-infinity", "0044-03-15 BC", "1970-01-01");

    /** Types whose values may be a key. */
    private static final List<Alphabet> KEYS = List.of(
            TEXT,
            TEXT,
            TEXT.as("text COLLATE \"C\""),
            TEXT.as("text COLLATE \"und-x-icu\""),
            TEXT.as("\"Slug\""),
            VARCHAR,
            Alphabet.of("character(4)", "a   ", "A   ", "    ", "it's", "ä   "),
            Alphabet.of("bpchar", "A", "").and("a", "a ", "a  ").and("b", "b "),
            Alphabet.of("ext.citext", "", "1", "ä").and("a", "A").and("yes", "Yes", "YES"),
            Alphabet.of("\"Mail\"", "x@y").and("a@b", "A@b", "a@B"),
            INTEGER,
            INTEGER.as("\"Positive\""),
            Alphabet.of("smallint", "0", "1", "-32768", "32767"),
            Alphabet.of("bigint", "0", "1", "-1", "4294967295", "4294967297", "9223372036854775807"),
            NUMERIC,
            SMALL_NUMERIC,
            UUID,
            BOOLEAN,
            DATE,
            Alphabet.of("time", "00:00:00", "01:11:34.967297", "12:34:56.789", "24:00:00"),
            Alphabet.of("timetz", "12:00:00+00", "13:00:00+01", "12:00:00-08"),
            TIMESTAMP,
            TIMESTAMPTZ,
            Alphabet.of("bytea", "\\x", "\\x00", "\\xdeadbeef", "\\x5c78"),
            Alphabet.of(Alphabet.ENUM, "happy", "sad", "it's"));

    /** Types whose values may not be a key. */
    private static final List<Alphabet> OTHERS = List.of(
            Alphabet.of("double precision", "0", "-0", "NaN", "Infinity", "-Infinity", "0.1", "5e-324", "1e308"),
            Alphabet.of("real", "0", "-0", "NaN", "0.1", "1e-45", "16777216"),
            Alphabet.of("json", "{\"a\": 1}", "{\"a\":1}", "{\"a\": 1, \"a\": 2}", "null", "\"x\""),
            Alphabet.of("jsonb", "{\"a\": 1}", "{\"a\": 1.0}", "null", "[]", "{\"b\": [1, null, \"ä\"]}"),
            Alphabet.of("ext.hstore", "\"a\"=>\"1\"", "\"a\"=>NULL", "", "\"a\"=>\"1\", \"b\"=>\"NULL\""),
            Alphabet.of("integer[]", "{}", "{1,2}", "{1,NULL}", "{{1,2},{3,4}}", "[0:1]={1,2}", "[2:2][0:0]={{5}}"),
            Alphabet.of("text[]", "{}", "{a,NULL}", "{a,\"NULL\"}", "{\"a,b\",\"{\"}", "{\"\"}"),
            Alphabet.of("\"Mood\"[]", "{}", "{happy,sad}", "{sad,NULL}", "{{it's}}"),
            Alphabet.of("ext.citext[]", "{a}", "{A}", "{a,A}"),
            Alphabet.of("\"Slug\"[]", "{a}", "{a,b}", "{}"),
            Alphabet.of("numeric[]", "{1}", "{1.0}", "{NaN}"),
            Alphabet.of(
                    "\"Money\"",
                    "(1.5,happy,\"a b\")",
                    "(1.50,happy,\"a b\")",
                    "(,,)",
                    "(,,\"\")",
                    "(1,sad,\"(\"\"\")"),
            Alphabet.of("\"Money\"[]", "{}", "{\"(1.5,happy,x)\",NULL}", "{\"(,,)\"}"),
            Alphabet.of("int4range", "empty", "[1,5)", "(,)", "[1,)"),
            Alphabet.of("numrange", "[1,2]", "[1.0,2]", "(1,2)", "empty"),
            Alphabet.of("tstzrange", "empty", "[\"2024-01-01 00:00:00+00\",infinity)", "(,)"),
            Alphabet.of("daterange", "[2024-01-01,2024-02-01)", "(,2024-01-01)"),
            Alphabet.of("\"Span\"", "[0.1,0.2]", "[-0,0]", "empty"),
            Alphabet.of("int4multirange", "{}", "{[1,2),[3,4)}", "{(,)}"),
            Alphabet.of("nummultirange", "{}", "{[1,2)}", "{[1.0,2)}"),
            Alphabet.of("interval", "1 mon", "30 days", "720:00:00", "00:00:00", "-1 days +02:00:00"),
            Alphabet.of("inet", "10.0.0.1", "10.0.0.0/8", "::1"),
            Alphabet.of("cidr", "10.0.0.0/8", "::/0"),
            Alphabet.of("macaddr", "08:00:2b:01:02:03"),
            Alphabet.of("bit(3)", "101", "000"),
            Alphabet.of("bit varying", "", "1", "10"),
            Alphabet.of("point", "(1,2)", "(-0,0)", "(NaN,Infinity)"),
            Alphabet.of("box", "(1,1),(0,0)"),
            Alphabet.of("tsvector", "'a' 'b':1A", ""),
            Alphabet.of("jsonpath", "$.\"a\"", "strict $"),
            Alphabet.of("money", "$1.00", "-$0.01"),
            Alphabet.of("name", "a", "B", "a b"),
            CASELESS,
            Alphabet.of("\"char\"", "a", ""),
            Alphabet.of("pg_lsn", "0/0", "16/B374D848"));

    private Alphabets() {}

    static Alphabet key(Dice dice) {
        return dice.pick(KEYS).restricted(dice);
    }

    static Alphabet any(Dice dice) {
        return (dice.chance(50) ? dice.pick(KEYS) : dice.pick(OTHERS)).restricted(dice);
    }

    /** Whether values of a type may be a key. */
    static boolean isKey(String type) {
        return KEYS.stream().anyMatch(alphabet -> alphabet.type().equals(type));
    }

    /** All of them. */
    static List<Alphabet> all() {
        return java.util.stream.Stream.concat(KEYS.stream(), OTHERS.stream()).toList();
    }

    /**
     * A column whose types differ between the sides.
     *
     * @param alphabet the source's type and values
     * @param target the target's type
     * @param fitting the target's values
     */
    record Change(Alphabet alphabet, String target, Alphabet fitting) {
        /** All values of the source fit. */
        Change(Alphabet alphabet, String target) {
            this(alphabet, target, alphabet);
        }
    }

    /** A difference of types under which every value fits. */
    static Change harmlessChange(Dice dice) {
        return dice.pick(List.of(
                new Change(INTEGER, "bigint"),
                new Change(Alphabet.of("smallint", "0", "1", "-7"), "integer"),
                new Change(VARCHAR, "text"),
                new Change(VARCHAR, "character varying(40)"),
                new Change(VARCHAR, "ext.citext"),
                new Change(TEXT, "ext.citext"),
                new Change(TEXT.as("ext.citext"), "text"),
                new Change(CASELESS, "text"),
                new Change(CASELESS, "ext.citext"),
                new Change(SMALL_NUMERIC, "numeric"),
                new Change(Alphabet.of("real", "0.1", "-0", "NaN", "16777216"), "double precision"),
                new Change(DATE, "timestamp"),
                new Change(UUID, "text"),
                new Change(Alphabet.of("text", "a", "", "abc"), "character varying(3)"),
                new Change(Alphabet.of("bigint", "0", "-5", "2147483647"), "integer"),
                new Change(Alphabet.of("numeric", "1", "1.5", "1.50", "NaN"), "numeric(6,2)"),
                new Change(TIMESTAMP, "timestamp(0)"),
                new Change(Alphabet.of("timestamp", "2024-01-01 00:00:00", "infinity"), "date")));
    }

    /** A difference of types under which some values do not fit. */
    static Change lossyChange(Dice dice) {
        return dice.pick(List.of(
                lossy(Alphabet.of("text", "abc", "abcd", "äöüß"), "character varying(3)"),
                lossy(Alphabet.of("bigint", "1", "2147483648"), "integer"),
                lossy(Alphabet.of("numeric", "1", "1.005", "10000"), "numeric(6,2)"),
                lossy(Alphabet.of("timestamp", "infinity", "2024-01-01 00:00:00.5"), "timestamp(0)"),
                lossy(Alphabet.of("timestamp", "infinity", "2024-01-01 12:00:00"), "date"),
                lossy(Alphabet.of(Alphabet.ENUM, "happy", SOURCE_LABEL), Alphabet.ENUM)));
    }

    /** The first value fits, the others do not. */
    private static Change lossy(Alphabet alphabet, String target) {
        return new Change(
                alphabet, target, new Alphabet(target, alphabet.classes().subList(0, 1)));
    }

    /** A difference of types that PostgreSQL does not assign. */
    static Change unassignableChange(Dice dice) {
        Alphabet numbers = Alphabet.of("integer", "1", "2");
        return dice.pick(List.of(
                new Change(Alphabet.of("jsonb", "1", "\"x\""), "integer", numbers),
                new Change(Alphabet.of("text", "1", "2"), "integer", numbers),
                new Change(BOOLEAN, "integer", numbers),
                new Change(numbers, "boolean", BOOLEAN)));
    }
}
