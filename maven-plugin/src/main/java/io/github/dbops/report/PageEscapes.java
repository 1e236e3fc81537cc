package io.github.dbops.report;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * JSON for the inside of a script element: nothing in it can end the element, begin a comment or hide from somebody who
 * reads the file's source.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements">Restrictions
 *     for contents of script elements</a>
 */
final class PageEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        for (char c : new char[] {'<', '>', '&', 0x7f}) {
            codes[c] = ESCAPE_CUSTOM;
        }
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        // A surrogate too: half of one has no form in UTF-8.
        boolean plain = c > 0x7f && !Visible.isHidden(c);
        return plain ? null : new SerializedString("\\u%04x".formatted(c));
    }
}
