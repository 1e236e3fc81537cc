package io.github.dbops.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

/** JSON as people write it: two spaces, a line per element, line feeds on every system. */
final class JsonLayout extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1L;

    JsonLayout() {
        super(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""));
        indentArraysWith(new DefaultIndenter("  ", "\n"));
        indentObjectsWith(new DefaultIndenter("  ", "\n"));
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new JsonLayout();
    }
}
