package io.github.dbops.env;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code host[:port][,host[:port]…]}, IPv6 addresses in brackets. */
final class HostList {

    private HostList() {}

    static void read(String hosts, ServerParts parts) {
        List<String> names = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        for (String host : hosts.split(",", -1)) {
            int nameEnd = nameEnd(host);
            names.add(unbracketed(PercentCoding.decode(host.substring(0, nameEnd))));
            ports.add(host.isEmpty() || nameEnd == host.length() ? "" : host.substring(nameEnd + 1));
        }
        parts.hosts(names);
        parts.ports(ports);
    }

    private static int nameEnd(String host) {
        if (host.startsWith("[")) {
            int close = host.indexOf(']');
            if (close < 0 || close + 1 < host.length() && host.charAt(close + 1) != ':') {
                throw MalformedUrl.shape("An IPv6 address stands between '[' and ']', and its port after ':'.");
            }
            return close + 1;
        }
        int colon = host.indexOf(':');
        if (host.indexOf(':', colon + 1) > colon) {
            throw MalformedUrl.shape("A host holds more than one ':'. An IPv6 address stands between '[' and ']',"
                    + " and user and password before '@'.");
        }
        return colon < 0 ? host.length() : colon;
    }

    private static String unbracketed(String name) {
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }
}
