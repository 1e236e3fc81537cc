package io.github.dbops.sync.draft;

/** What a column's type is good for, as far as names and keys are concerned; domains are looked through. */
public enum Family {
    /** text, varchar, char, citext, name. */
    TEXT,
    /** Integers, and numeric without a scale. */
    NUMBER,
    /** Other numeric, floats, money. */
    DECIMAL,
    UUID,
    BOOLEAN,
    /** Dates, times, intervals. */
    MOMENT,
    ENUM,
    /** bytea. */
    BINARY,
    /** json, xml, hstore. */
    DOCUMENT,
    /** inet, cidr. */
    NETWORK,
    /** tsvector. */
    SEARCH,
    /** oid: the name of an object in one database only. */
    OBJECT_ID,
    OTHER
}
