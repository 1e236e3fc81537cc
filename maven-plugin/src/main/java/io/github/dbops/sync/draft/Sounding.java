package io.github.dbops.sync.draft;

import java.util.List;
import java.util.Set;

/** What a column's name promises: the better it sounds, the more likely it tells rows apart in every database. */
enum Sounding {
    /** Made to identify: slug, code, sku, email. */
    CODE,
    /** What people call a thing: name, title. */
    NAME,
    /** Says nothing about it. */
    NEUTRAL,
    /** Tells rows apart within something else: position, line, year. */
    PLACE,
    /** Describes or measures: description, price, phone. */
    UNLIKELY;

    private static final Set<String> CODES = Set.of(
            ("slug code sku key isbn issn ean upc gtin asin email mail username login handle number no nr num reference ref"
                            + " iso iata icao symbol abbr abbreviation acronym identifier ident domain hostname host locale"
                            + " lang language currency vin permalink alias barcode plate shortname")
                    .split(" "));
    private static final Set<String> NAMES = Set.of("name", "title", "label", "caption", "nickname");
    private static final Set<String> PLACES = Set.of(
            ("position pos sort order ordinal rank priority sequence seq index idx line row page step level year month day"
                            + " week episode season chapter volume edition version revision")
                    .split(" "));
    private static final Set<String> DESCRIPTIONS = Set.of(
            ("description descr desc comment comments note notes remark remarks body text content message summary abstract"
                            + " bio about image img photo picture avatar icon logo file filename checksum hash weight width"
                            + " height length size count amount total price cost quantity qty score rating latitude longitude"
                            + " lat lng lon color colour phone mobile fax telephone cell street address zip postcode salary"
                            + " percent rate date time timestamp at on status state type kind enabled active")
                    .split(" "));

    /** What makes of an otherwise good last word something else: a phone number identifies no row. */
    private static final Set<String> SPOILERS = Set.of(
            ("phone mobile fax telephone card account house street building zip postal post area color colour status error"
                            + " response first last middle given family contact file device")
                    .split(" "));

    /** A column's, by its own name and its table's. */
    static Sounding of(String table, String column) {
        Words words = Words.of(column);
        if (words.isSameNoun(Words.of(table))) {
            return NAME;
        }
        if (words.has(List.of("email", "address"))) {
            return CODE;
        }
        if (DESCRIPTIONS.contains(words.last()) || SPOILERS.contains(words.beforeLast())) {
            return UNLIKELY;
        }
        if (PLACES.contains(words.last()) || PLACES.contains(words.beforeLast())) {
            return PLACE;
        }
        if (CODES.contains(words.last())) {
            return CODE;
        }
        return NAMES.contains(words.last()) ? NAME : NEUTRAL;
    }

    /** Whether a column is called after an id, which a program or sequence makes up. */
    static boolean isId(String column) {
        return Set.of("id", "uuid", "guid", "pk", "uid", "cuid", "ulid", "ksuid")
                .contains(Words.of(column).last());
    }

    /** Whether two columns together are a person's name. */
    static boolean isPersonsName(String one, String other) {
        Words first = Words.of(one);
        Words last = Words.of(other);
        boolean given = List.of("first", "given", "fore").stream()
                        .anyMatch(w -> first.words().contains(w))
                || first.last().equals("firstname");
        boolean family = List.of("last", "family", "sur").stream()
                        .anyMatch(w -> last.words().contains(w))
                || Set.of("lastname", "surname").contains(last.last());
        return given && family;
    }

    /** Whether it can tell rows of a table apart by itself. */
    boolean isBusinessLike() {
        return this == CODE || this == NAME;
    }
}
