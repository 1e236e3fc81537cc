package io.github.dbops.migration.flyway;

import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.internal.configuration.ConfigUtils;

/**
 * Flyway's configuration files: {@code flyway.conf}, {@code flyway.toml} and {@code flyway.user.toml} in {@code conf/} of
 * the project, in the user's home and in the project, a later one over an earlier one; then those that
 * {@code flyway.configFiles} names.
 *
 * @param base relative names start here
 * @param environment for {@code ${NAME}} in a {@code .conf}
 * @param encoding of a {@code .conf}; TOML is UTF-8
 */
record SettingsFiles(Path base, Map<String, String> environment, String encoding) {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

    /** Those in the usual places. */
    Map<String, String> usual() {
        Map<String, String> settings = new LinkedHashMap<>();
        Stream.of(base.resolve("conf"), Path.of(System.getProperty("user.home")), base)
                .flatMap(folder -> Stream.of("flyway.conf", "flyway.toml", "flyway.user.toml")
                        .map(folder::resolve))
                .filter(Files::isRegularFile)
                .forEach(file -> settings.putAll(read(file)));
        return settings;
    }

    /** Those that are named, commas between. */
    Map<String, String> named(String names) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : names.split(",")) {
            Path file = base.resolve(name.strip());
            if (!Files.isRegularFile(file)) {
                throw Problem.of(
                                Code.FLYWAY_REFUSED,
                                "There is no file " + name.strip() + ".",
                                "flyway.configFiles names it; relative names start at the project's directory.",
                                "Name a file that is there, or take it out of flyway.configFiles.")
                        .at(name.strip())
                        .exception();
            }
            settings.putAll(read(file));
        }
        return settings;
    }

    private Map<String, String> read(Path file) {
        try {
            if (file.getFileName().toString().endsWith(".toml")) {
                return TomlFile.flatten(file, Files.readString(file));
            }
            String text = Files.readString(file, Charset.forName(encoding));
            return ConfigUtils.loadConfigurationFromReader(new StringReader(expand(text)), true);
        } catch (IOException | IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw Problem.of(
                            Code.FLYWAY_REFUSED,
                            "The file " + file.getFileName() + " cannot be read.",
                            e.getClass().getSimpleName() + ": " + e.getMessage(),
                            "Check the file's permissions and flyway.configFileEncoding.")
                    .at(file.toString())
                    .exception();
        }
    }

    // Flyway would ask its own process; an unknown name is empty there too.
    private String expand(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(environment.getOrDefault(name.group(1), "")));
    }
}
