package io.github.dbops.sync.draft;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dbops.sync.draft.ColumnFacts.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What names alone tell: of keys, of secrets, of columns that each side keeps up. */
class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "passwordHash, password hash",
        "password_hash, password hash",
        "PASSWORD HASH, password hash",
        "APIKey, api key",
        "userID, user id",
        "isbn13, isbn 13",
        "x, x",
        "größeÄnderung, größe änderung",
        "'--', ''",
    })
    void takesNamesApart(String name, String words) {
        assertThat(String.join(" ", Words.of(name).words())).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "categories, category",
        "Category, category",
        "addresses, address",
        "statuses, status",
        "boxes, box",
        "order_items, orderItem",
    })
    void knowsANounByItsPlural(String table, String column) {
        assertThat(Words.of(column).isSameNoun(Words.of(table))).isTrue();
        assertThat(Words.of("x" + column).isSameNoun(Words.of(table))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "product, sku, CODE",
        "product, isbn13, CODE",
        "product, product_code, CODE",
        "user, emailAddress, CODE",
        "user, email, CODE",
        "product, displayName, NAME",
        "product, title, NAME",
        "country, country, NAME",
        "address, address, NAME",
        "customer, address, UNLIKELY",
        "user, first_name, UNLIKELY",
        "user, phone_number, UNLIKELY",
        "address, zip_code, UNLIKELY",
        "chapter, line_number, PLACE",
        "chapter, position, PLACE",
        "product, description, UNLIKELY",
        "product, price, UNLIKELY",
        "product, colourway, NEUTRAL",
    })
    void hearsWhatAColumnPromises(String table, String column, Sounding sounding) {
        assertThat(Sounding.of(table, column)).isEqualTo(sounding);
    }

    @Test
    void hearsAPersonsName() {
        assertThat(Sounding.isPersonsName("first_name", "last_name")).isTrue();
        assertThat(Sounding.isPersonsName("lastName", "firstName")).isFalse();
        assertThat(Sounding.isPersonsName("first_name", "city")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "password, TEXT, SECRET",
        "passwordHash, TEXT, SECRET",
        "userpassword, TEXT, SECRET",
        "salt, BINARY, SECRET",
        "api_key, TEXT, SECRET",
        "apikey, TEXT, SECRET",
        "refresh_token, TEXT, SECRET",
        "stripeSecretKey, TEXT, SECRET",
        "token, UUID, SECRET",
        "pin, NUMBER, SECRET",
        "credentials, DOCUMENT, SECRET",
        "ssn, TEXT, ACCOUNT",
        "iban, TEXT, ACCOUNT",
        "card_number, TEXT, ACCOUNT",
        "card_number, NUMBER, ACCOUNT",
        "dateOfBirth, MOMENT, ACCOUNT",
        "email, TEXT, CONTACT",
        "work_email, TEXT, CONTACT",
        "mobile, TEXT, CONTACT",
        "last_ip, NETWORK, CONTACT",
        "has_password, BOOLEAN,",
        "password_changed_at, MOMENT,",
        "password_version, NUMBER,",
        "token_type, TEXT,",
        "email_verified, BOOLEAN,",
        "email_template, TEXT,",
        "card_type, TEXT,",
        "name, TEXT,",
        "zip, TEXT,",
        "tokens, NUMBER,",
        "key, TEXT,",
        "slug, TEXT,",
    })
    void suspectsSecretsByNameAndType(String column, Family family, Sensitivity expected) {
        TableFacts table = Sketch.table("account").column(column, family).facts();
        assertThat(Sensitivity.of(table, table.columns().get(0))).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void aReferenceIsNoSecret() {
        TableFacts table = Sketch.table("visit").parent("token", "token", "id").facts();
        assertThat(Sensitivity.of(table, table.columns().get(0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "updatedAt, MOMENT, CHANGED",
        "updated_at, MOMENT, CHANGED",
        "last_update, MOMENT, CHANGED",
        "LastModifiedDate, MOMENT, CHANGED",
        "updated_at, TEXT,",
        "password_changed_at, MOMENT,",
        "price_updated_on, MOMENT,",
        "created_at, MOMENT,",
        "valid_until, MOMENT,",
        "date, MOMENT,",
    })
    void knowsWhatEachSideKeepsUp(String column, Family family, Upkeep expected) {
        TableFacts table = Sketch.table("t").column(column, family).facts();
        assertThat(Upkeep.of(table, table.columns().get(0))).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void aTimeOfCreationCountsOnlyWhereTheDatabaseSetsIt() {
        TableFacts table = Sketch.table("t")
                .column("created_at", Family.MOMENT, Trait.DEFAULTS_TO_NOW)
                .column("starts_at", Family.MOMENT, Trait.DEFAULTS_TO_NOW)
                .facts();
        assertThat(Upkeep.of(table, table.columns().get(0))).contains(Upkeep.CREATED);
        assertThat(Upkeep.of(table, table.columns().get(1))).isEmpty();
    }

    @Test
    void aSearchColumnIsKeptUpByItsTrigger() {
        TableFacts table = Sketch.table("t")
                .column("words", Family.SEARCH)
                .column("others", Family.SEARCH)
                .trigger(new TriggerFacts("fill", "tsvector_update_trigger", true, Optional.of("words")))
                .facts();
        assertThat(Upkeep.of(table, table.columns().get(0))).contains(Upkeep.SEARCH);
        assertThat(Upkeep.of(table, table.columns().get(1))).isEmpty();
    }

    @Test
    void namesStayOnTheirLineAndShowThemselves() {
        assertThat(Quoted.name("a\"b\\c\nd\u202ee\u2028f\u3164"))
                .isEqualTo("\"a\\\"b\\\\c\\nd\\u202ee\\u2028f\\u3164\"");
        assertThat(Quoted.names(List.of("a", "b"))).isEqualTo("\"a\", \"b\"");
        assertThat(Set.of(Quoted.visible("ü 漢 😀"))).containsExactly("ü 漢 😀");
    }
}
