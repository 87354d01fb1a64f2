package dev.postern.http.transport;

/** When a browser sends a cookie along with a request that another site caused: RFC 6265bis, section 5.6.7. */
public enum SameSite {
    STRICT("Strict"),
    LAX("Lax"),
    NONE("None");

    private final String attribute;

    SameSite(String attribute) {
        this.attribute = attribute;
    }

    @Override
    public String toString() {
        return attribute;
    }
}
