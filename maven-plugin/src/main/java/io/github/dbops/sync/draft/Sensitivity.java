package io.github.dbops.sync.draft;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why a column's values should never be shown, told by its name and type alone. In doubt a column is taken. */
public enum Sensitivity {
    /** Opens something: passwords, tokens, keys, hashes that can be attacked. */
    SECRET(
            "a secret",
            EnumSet.of(Family.TEXT, Family.BINARY, Family.DOCUMENT, Family.UUID, Family.OTHER, Family.NUMBER),
            "password,passwd,passwort,pwd,passphrase,passcode,secret,token,jwt,api key,private key,access key,signing key,"
                    + "encryption key,license key,licence key,secret key,salt,hash,otp,totp,mfa,pin,cvv,cvc,credential,"
                    + "credentials,session id,sid,cookie,oauth,bearer,signature,recovery code,recovery codes,backup code,"
                    + "backup codes,reset code,verification code,connection string,dsn,database url,webhook url,pem",
            "password,passwd,passphrase,secret,apikey,privatekey,accesskey,credential"),
    /** Stands for a person or an account before an authority or a bank. */
    ACCOUNT(
            "identifies a person or an account",
            EnumSet.of(Family.TEXT, Family.NUMBER, Family.DECIMAL, Family.BINARY, Family.MOMENT),
            "ssn,social security,social insurance,sin number,nino,tax id,tax number,tin,passport,national id,identity number,"
                    + "personal number,driver license,driver licence,driving licence,iban,account number,routing number,"
                    + "sort code,bank account,card number,card no,credit card,cc number,pan,birth date,birthdate,date of birth,"
                    + "birthday,dob,birth,medical record,insurance number",
            "iban,creditcard,passport"),
    /** Reaches a person. */
    CONTACT(
            "reaches a person",
            EnumSet.of(Family.TEXT, Family.NUMBER, Family.NETWORK),
            "email,mail,e mail,phone,mobile,telephone,cell phone,fax,ip,ip address,ipaddress,remote addr,whatsapp",
            "email");

    /** What makes of a name that has a telling word something about it: {@code password_changed_at}, {@code token_type}. */
    private static final Set<String> ABOUT = Set.of(
            ("type kind count status state at on date expires expiry verified enabled confirmed required template subject"
                            + " label title name provider issuer length algorithm version policy format prefix id ids attempts"
                            + " sent notifications opt consent brand country limit")
                    .split(" "));

    private final String reason;
    private final Set<Family> families;
    private final List<List<String>> phrases;
    private final List<String> stems;

    Sensitivity(String reason, Set<Family> families, String phrases, String stems) {
        this.reason = reason;
        this.families = families;
        this.phrases = Arrays.stream(phrases.split(","))
                .map(phrase -> List.of(phrase.split(" ")))
                .toList();
        this.stems = List.of(stems.split(","));
    }

    /** For people: what is said of such a column. */
    public String reason() {
        return reason;
    }

    /** A column's, if it has one. A reference to another table is none: its values are that table's keys. */
    static Optional<Sensitivity> of(TableFacts table, ColumnFacts column) {
        return table.isReference(column.name())
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(s -> s.families.contains(column.family()) && s.isIn(Words.of(column.name())))
                        .findFirst();
    }

    private boolean isIn(Words words) {
        return phrases.stream().anyMatch(phrase -> words.has(phrase) && !isOnlyAbout(words, phrase))
                || (words.words().stream().anyMatch(this::holdsStem) && !ABOUT.contains(words.last()));
    }

    private boolean holdsStem(String word) {
        return stems.stream().anyMatch(word::contains);
    }

    private static boolean isOnlyAbout(Words words, List<String> phrase) {
        return ABOUT.contains(words.last()) && !phrase.contains(words.last());
    }
}
