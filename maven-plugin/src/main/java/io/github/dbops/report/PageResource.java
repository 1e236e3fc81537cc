package io.github.dbops.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page's own files, which lie beside this package's classes. */
final class PageResource {

    private PageResource() {}

    /** A file's text, with line feeds on every system: a browser hashes it so. */
    static String text(String name) {
        try (InputStream file = PageResource.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new FileNotFoundException(name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
