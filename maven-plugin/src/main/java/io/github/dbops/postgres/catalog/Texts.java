package io.github.dbops.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** A {@code text[]} of a result. */
final class Texts {

    private Texts() {}

    /** Its elements; a NULL element becomes an empty text. */
    static List<String> of(ResultSet row, int column) throws SQLException {
        String[] texts = (String[]) row.getArray(column).getArray();
        return Arrays.stream(texts).map(text -> text == null ? "" : text).toList();
    }
}
