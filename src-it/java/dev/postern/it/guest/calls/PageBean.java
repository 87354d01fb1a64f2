package dev.postern.it.guest.calls;

import dev.postern.ProvenUser;
import dev.postern.SignIn;
import dev.postern.SignInFailure;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Behind a sign-in page of Jakarta Faces. */
@Named("page")
@RequestScoped
public class PageBean {

    @Inject
    private SecurityContext security;

    @Inject
    private SignIn signIn;

    private String name = "";
    private String password = "";
    private String result = "";

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getResult() {
        return result;
    }

    /** The button of the page. */
    public void enter() {
        ExternalContext external = FacesContext.getCurrentInstance().getExternalContext();
        result = security.authenticate(
                        (HttpServletRequest) external.getRequest(),
                        (HttpServletResponse) external.getResponse(),
                        AuthenticationParameters.withParams()
                                .credential(new UsernamePasswordCredential(name, password)))
                + " "
                + signIn.failure().map(SignInFailure::reason).map(Enum::name).orElse("fine");
    }

    /** The button of those who have been proven elsewhere. */
    public void prove() {
        result = signIn.begin(ProvenUser.of(name).inGroups("clerk")).name();
    }
}
