package io.github.dbops.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.env.DatabaseUrl.Server;
import io.github.dbops.problem.Code;
import io.github.dbops.problem.Problem;
import io.github.dbops.problem.ProblemException;
import io.github.dbops.testing.Property;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DatabaseUrlReaderPropertyTest {

    private static final String ALPHABET = "aZ0_ .@:/?#[]%&=+,!$'é€";
    private static final List<String> PIECES =
            List.of("hunter2", ":", "@", "/", "?", "#", "&", "=", "%", "%41", "[", "]", ",", "h", "5432", "password=");

    @Test
    void readsBackWhatIsPercentEncoded() {
        Property.forAll(3_000, random -> {
            String user = text(random);
            String password = text(random);
            String database = text(random);
            Server server = (Server) read("postgresql://%s:%s@h/%s?schema=%s"
                    .formatted(encoded(user), encoded(password), encoded(database), encoded(database) + "s"));
            assertThat(server.user()).isEqualTo(user);
            assertThat(server.password()).isEqualTo(Secret.of(password));
            assertThat(server.database()).isEqualTo(database);
            assertThat(server.schema()).isEqualTo(database + "s");
        });
    }

    @Test
    void meansTheSameInTheDriversForm() {
        Property.forAll(3_000, random -> {
            String user = text(random);
            String password = text(random);
            String database = text(random);
            assertThat(read("jdbc:postgresql://h:1,g/%s?user=%s&password=%s"
                            .formatted(encoded(database), encoded(user), encoded(password))))
                    .isEqualTo(read("postgresql://%s:%s@h:1,g/%s"
                            .formatted(encoded(user), encoded(password), encoded(database))));
        });
    }

    @Test
    void neverShowsAPasswordHoweverItIsMiswritten() {
        Property.forAll(20_000, random -> {
            StringBuilder password = new StringBuilder("hunter2");
            for (int i = random.nextInt(5); i > 0; i--) {
                password.insert(
                        random.nextBoolean() ? 0 : password.length(), PIECES.get(random.nextInt(PIECES.size())));
            }
            String url = List.of(
                            "postgresql://al:%s@h:1/shop",
                            "postgresql://al:%s@h/shop?schema=x",
                            "postgresql://h/shop?user=al&password=%s",
                            "postgresql://h/shop?password=%s&schema=x",
                            "jdbc:postgresql://h/shop?password=%s",
                            "jdbc:postgresql://al:%s@h/shop")
                    .get(random.nextInt(6))
                    .formatted(password.toString().replace("%", "%%"));
            assertThat(told(url.replace("%%", "%"))).doesNotContain("hunter2");
        });
    }

    private static String told(String url) {
        try {
            DatabaseUrl read = read(url);
            return read + read.display() + ((Server) read).warnings();
        } catch (ProblemException e) {
            assertThat(e.problems()).extracting(Problem::code).containsOnly(Code.URL_MALFORMED);
            return e.problems() + e.toString();
        }
    }

    private static DatabaseUrl read(String url) {
        return DatabaseUrlReader.read(Secret.of(url), Path.of(""));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
