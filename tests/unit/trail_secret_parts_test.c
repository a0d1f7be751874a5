/* What a text says of itself: which parts of it are secret, and which texts that
 * look alike are not.  None of the secrets here opens anything. */
#include "trail_secret_support.h"

static const struct row tokens[] = {
	{"IQoJb3JpZ2luX2VjEXAMPLE0000", "<session-token>", "STS today"},
	{"FwoGZXIvYXdzEXAMPLE00000000", "<session-token>", "STS 2019"},
	{"FQoGZXIvYXdzEXAMPLE/0+0=", "<session-token>", "STS 2017"},
	{"FQoDYXdzEXAMPLE000000000", "<session-token>", "STS 2016"},
	{"AQoDYXdzEPT//////////wEXAMPLE", "<session-token>", "guide"},
	{"IQoJb3JpZ2lu", NULL, "too short to be one"},
	{"xIQoJb3JpZ2luX2VjEXAMPLE0000", NULL, "not at a word's start"},
	{"a IQoJb3JpZ2luX2VjEXAMPLE0000 b", "a <session-token> b", "in a text"},
	{"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "<token>", "RFC 7519"},
	{"token eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0. expired",
	 "token <token> expired", "RFC 7519, not signed"},
	{"eyJhbGciOiJIUzI1NiJ9", NULL, "a header alone"},
	{"eyJhbGciOiJIUzI1NiJ9.c2ln", NULL, "no second part"},
	{"eyJhbGciOiJIUzI1NiJ9.c2ln.c2ln", NULL, "a second part of no JSON"},
	{"ghp_" WORD40, "<token>", "gitleaks"},
	{"gho_" WORD40, "<token>", "gitleaks"},
	{"ghs_" WORD40, "<token>", "gitleaks"},
	{"github_pat_" WORD40, "<token>", "gitleaks"},
	{"ghp_short", NULL, "too short"},
	{"roughp_" WORD40, NULL, "inside a word"},
	{"glpat-q8Zr1LmX0vTb7NcY3kHs", "<token>", "gitleaks"},
	{"npm_" WORD40, "<token>", "gitleaks"},
	{"xoxb-1234567890-abcdefghij", "<token>", "gitleaks"},
	{"xapp-1-A0000000000-000000000", "<token>", "gitleaks"},
	{"hvs.q8Zr1LmX0vTb7NcY3kHs9d", "<token>", "HashiCorp"},
	{"sk_live_q8Zr1LmX0vTb7NcY", "<api-key>", "gitleaks"},
	{"rk_test_q8Zr1LmX0vTb7NcY", "<api-key>", "gitleaks"},
	{"AIzaSyq8Zr1LmX0vTb7NcY3kHs9dWf2gJp5aRe4", "<api-key>", "gitleaks"},
	{"SG.q8Zr1LmX0vTb7NcY3kHs9d.Wf2gJp5aRe4uQiXo6Bq8Zr1L", "<api-key>",
	 "gitleaks"},
	{"AGE-SECRET-KEY-1Q8ZR1LMX0VTB7NCY3KHS9DWF2GJP5ARE4UQIXO",
	 "<private-key>", "age"},
	{"pypi-" WORD40, "<token>", "gitleaks"},
	{"dop_v1_" WORD40, "<token>", "gitleaks"},
	{"whsec_q8Zr1LmX0vTb7NcY", "<api-key>", "Stripe"},
};

static const struct row keys[] = {
	{"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
	 "<private-key>\n", "RFC 7468"},
	{"-----BEGIN RSA PRIVATE KEY-----\nMIIE", "<private-key>",
	 "not ended"},
	{"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIE\n"
	 "-----END ENCRYPTED PRIVATE KEY-----", "<private-key>", "RFC 7468"},
	{"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n"
	 "-----END OPENSSH PRIVATE KEY----- tail", "<private-key> tail",
	 "OpenSSH"},
	{"-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQ\n", "<private-key>",
	 "RFC 4880"},
	{"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
	 "-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----\n",
	 "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
	 "<private-key>\n", "a bundle"},
	{"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----"
	 "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
	 "<private-key><private-key>", "two without a line's end"},
	{"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", NULL,
	 "public"},
	{"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n", NULL,
	 "public"},
	{"-----BEGIN CERTIFICATE REQUEST-----\nMIIB", NULL, "public"},
	{"PuTTY-User-Key-File-", "<private-key>", "cut off"},
	{"PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none", "<private-key>",
	 "detect-secrets"},
	{"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ alice@host", NULL, "public"},
	/* base64 of PKCS #8, PKCS #1, SEC 1; of a public key */
	{"MC4CAQAwBQYDK2VwBCIEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	 "<private-key>", "RFC 8410"},
	{"MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", NULL,
	 "RFC 8410"},
};

static const struct row urls[] = {
	{"https://alice:hunter2@example.com/x",
	 "https://alice:<password>@example.com/x", "RFC 3986"},
	{"git clone https://ci:p%40ss@git.example.com:8443/a.git failed",
	 "git clone https://ci:<password>@git.example.com:8443/a.git failed",
	 "RFC 3986"},
	{"postgres://app:s3cret@db:5432/prod?x=1",
	 "postgres://app:<password>@db:5432/prod?x=1", "RFC 3986"},
	{"redis://:hunter2@h", "redis://:<password>@h", "no user"},
	{"https://alice@example.com/", NULL, "no password"},
	{"cannot connect to postgres://app:it,s3cret@db/prod",
	 "cannot connect to postgres://app:<password>@db/prod",
	 "RFC 3986, sub-delims"},
	{"amqp://u:Pa(ss)w0rd@mq", "amqp://u:<password>@mq",
	 "RFC 3986, sub-delims"},
	{"mysql://root:a&b@h", "mysql://root:<password>@h",
	 "RFC 3986, sub-delims"},
	{"'amqp://u:it's;12@mq'", "'amqp://u:<password>@mq'",
	 "RFC 3986, sub-delims"},
	{"ftp://u:123,b@h", "ftp://u:<password>@h", "begins like a port"},
	{"ftp://u:123456&b@h", "ftp://u:<password>@h", "longer than a port"},
	{"ftp://u:&b@h", "ftp://u:<password>@h", "no port"},
	{"ftp://u:a&1&b@h", "ftp://u:<password>@h", "no port"},
	{"https://example.com:443/a@b", NULL, "a port and a path"},
	{"https://s/?u=http://h:8080&mail=a@b", NULL, "a port in a query"},
	{"['http://h:80','a@b']", NULL, "a port in quotes"},
	{"(http://h:90)a@b", NULL, "a port in brackets"},
	{"(http://h:54321)a@b", NULL, "the longest port"},
	{"http://a for u:b@c", NULL, "a blank behind it"},
	{"http://a, http://u@b", NULL, "two of them"},
	{"http://a:80,http://u@b", NULL, "two of them"},
	{"http://a:80,http://u:p@b", "http://a:80,http://u:<password>@b",
	 "two of them"},
	{"https://example.com/?time=12:30@noon", NULL, "a query"},
	{"https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256"
	 "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20240101%2Fus-east-1"
	 "&X-Amz-Security-Token=abcdef&X-Amz-Signature=0123abcd&x=1",
	 "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256"
	 "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20240101%2Fus-east-1"
	 "&X-Amz-Security-Token=<session-token>&X-Amz-Signature=<signature>"
	 "&x=1", "presigned"},
	{"https://b/k?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=ab%2Bc%3D",
	 "https://b/k?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE"
	 "&Signature=<signature>", "presigned, version 2"},
	{"https://s/?next=https%3A%2F%2Fb%2Fk%3FX-Amz-Signature%3D0123%26x%3D1",
	 "https://s/?next=https%3A%2F%2Fb%2Fk%3FX-Amz-Signature%3D"
	 "<signature>%26x%3D1", "encoded once more"},
	{"https://signin.aws.amazon.com/federation?Action=getSigninToken"
	 "&Session=%7B%22sessionId%22%3A%22ASIAIOSFODNN7EXAMPLE%22%2C"
	 "%22sessionKey%22%3A%22wJalrXUtnFEMI%2FK7MDENG%22%2C"
	 "%22sessionToken%22%3A%22IQoJb3JpZ2luX2Vj%2F%2FEXAMPLE%22%7D",
	 "https://signin.aws.amazon.com/federation?Action=getSigninToken"
	 "&Session=%7B%22sessionId%22%3A%22ASIAIOSFODNN7EXAMPLE%22%2C"
	 "%22sessionKey%22%3A%22<secret-access-key>%22%2C"
	 "%22sessionToken%22%3A%22<session-token>%22%7D", "guide"},
	{"GET /?Session=%7B%22sessionKey%22%3A+%22wJalr%22%7D HTTP/1.1",
	 "GET /?Session=%7B%22sessionKey%22%3A+%22<secret-access-key>%22%7D "
	 "HTTP/1.1", "a blank as forms send it"},
	{"https://s/?u=https%3A%2F%2Fx%2F%3Fjwt%3DeyJhbGciOiJIUzI1NiJ9."
	 "eyJzdWIiOiIxIn0.c2ln&x=1",
	 "https://s/?u=https%3A%2F%2Fx%2F%3Fjwt%3D<token>&x=1",
	 "RFC 7519, encoded"},
	{"https://s/?repo=https%3A%2F%2Fci%3Ahunter2%40git.example.com",
	 "https://s/?repo=https%3A%2F%2Fci%3A<password>%40git.example.com",
	 "RFC 3986, encoded"},
	{"https://ci:hunter2%40git.example.com",
	 "https://ci:<password>%40git.example.com", "a sign encoded"},
	{"u=https%253A%252F%252Fci%253Ahun%2525ter2%2540git&sig=abc",
	 "u=https%253A%252F%252Fci%253A<password>%2540git&sig=<signature>",
	 "encoded twice"},
	{"u=%25252Fpwd%25253Dhunter2", "u=%25252Fpwd%25253D<password>",
	 "encoded three times"},
	{"pem=-----BEGIN+PRIVATE+KEY-----%0AMII%2BE%0A-----END+PRIVATE+KEY-----%0A",
	 "pem=<private-key>%0A", "RFC 7468, encoded"},
	{"https://signin.aws.amazon.com/federation?Action=login"
	 "&SigninToken=VCQgs5qZZt3Q6fn8&Issuer=x",
	 "https://signin.aws.amazon.com/federation?Action=login"
	 "&SigninToken=<token>&Issuer=x", "guide"},
	{"https://x.blob.core.windows.net/a?sv=2020&sig=ab%2Fcd",
	 "https://x.blob.core.windows.net/a?sv=2020&sig=<signature>",
	 "keywords"},
	{"https://console.aws.amazon.com/?state=hashArgsFromTB&isauthcode=true",
	 NULL, "seen"},
};

static const struct row texts[] = {
	{"password=hunter2", "password=<password>", "keywords"},
	{"Password = hunter2; Server=a", "Password = <password>; Server=a",
	 "keywords"},
	{"DB_PASSWORD='a b c' next", "DB_PASSWORD='<password>' next",
	 "keywords"},
	{"PGPASSWORD=\"x\\\"y\" psql", "PGPASSWORD=\"<password>\" psql",
	 "keywords"},
	{"export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE",
	 "export AWS_SECRET_ACCESS_KEY=<secret-access-key>", "keywords"},
	{"aws_secret_access_key = wJalr\nregion = x",
	 "aws_secret_access_key = <secret-access-key>\nregion = x",
	 "keywords"},
	{"aws_access_key_id = AKIAIOSFODNN7EXAMPLE", NULL, "pivot"},
	{"db.password: hunter2\nuser: app", "db.password: <password>\n"
	 "user: app", "YAML"},
	{"{\"password\": \"hunter2\", broken", "{\"password\": \"<password>\","
	 " broken", "JSON that was cut"},
	{"{\"password\":\"hunter2\",", "{\"password\":\"<password>\",",
	 "JSON that was cut, without blanks"},
	{"{'password':'hunter2',", "{'password':'<password>',", "in other quotes"},
	{"{\\\"password\\\":\\\"hunter2\\\",", "{\\\"password\\\":\\\""
	 "<password>\\\",", "JSON that was cut, escaped"},
	{"mysql --password hunter2 -u root", "mysql --password <password> "
	 "-u root", "an option"},
	{"aws rds x --master-user-password=Abc123 --y",
	 "aws rds x --master-user-password=<password> --y", "an option"},
	{"--password --verbose", NULL, "an option without a value"},
	{"--password -u root", NULL, "an option without a value"},
	{"--passwordless yes", NULL, "another option"},
	{"password=${DB_PASSWORD}", NULL, "a reference"},
	{"password={{resolve:secretsmanager:x}}", NULL, "a reference"},
	{"password=*****", NULL, "masked already"},
	{"password=null", NULL, "none"},
	{"password=true", NULL, "none"},
	{"password=", NULL, "empty"},
	{"Authorization: Bearer abc", "Authorization: Bearer <authorization>",
	 "RFC 6750"},
	{"authorization: Basic dTpw", "authorization: Basic <authorization>",
	 "RFC 7617"},
	{"\"Authorization\": \"Token abc\"", "\"Authorization\": \"Token "
	 "<authorization>\"", "keywords"},
	{"Authorization: abcdef", "Authorization: <authorization>", "no scheme"},
	{"Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/"
	 "20240101/us-east-1/s3/aws4_request, SignedHeaders=host, "
	 "Signature=fe5f80", "Authorization: AWS4-HMAC-SHA256 Credential="
	 "AKIAIOSFODNN7EXAMPLE/20240101/us-east-1/s3/aws4_request, "
	 "SignedHeaders=host, Signature=<signature>", "guide"},
	{"curl -H 'Bearer q8Zr1LmX0vTb7NcY3k'", "curl -H 'Bearer "
	 "<authorization>'", "RFC 6750"},
	{"Bearer authentication is required", NULL, "prose"},
	{"Basic constraints", NULL, "prose"},
	{"Cookie: a=b; session=c\nHost: x", "Cookie: <cookie>\nHost: x",
	 "keywords"},
	{"x-api-key: q8Zr1", "x-api-key: <api-key>", "keywords"},
	{"client_secret=abc&grant_type=x", "client_secret=<secret>&grant_type=x",
	 "RFC 6749"},
	{"refresh_token=abc&x=1", "refresh_token=<token>&x=1", "RFC 6749"},
	{"User: arn:aws:sts::123456789012:assumed-role/R/S is not authorized to "
	 "perform: secretsmanager:GetSecretValue on resource: arn:aws:"
	 "secretsmanager:us-east-1:123456789012:secret:prod/password-AbCdEf",
	 NULL, "seen"},
	{"arn:aws:lambda:us-east-1:123456789012:function:rotate-password:7",
	 NULL, "an ARN"},
	{"arn:aws:iam::123456789012:user/password", NULL, "an ARN"},
	{"aws-cli/2.15.0 md/awscrt#0.19.19 ua/2.0 os/linux#6.1 md/arch#x86_64 "
	 "lang/python#3.11.6 cfg/retry-mode#standard command#iam.get-login",
	 NULL, "a user agent"},
	{"Invalid token", NULL, "prose"},
	{"NextToken=abc", NULL, "paging"},
	{"2024-01-02T03:04:05Z", NULL, "a time"},
	{"password", NULL, "a word"},
	{"x", NULL, "short"},
	{"", NULL, "empty"},
};

#define ID "AKIAIOSFODNN7EXAMPLE"
#define KEY "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
#define DIGITS38 "01234567890123456789012345678901234567"
#define LOWER40 "0123456789abcdef0123456789abcdef01234567"
#define UPPER40 "0123456789ABCDEF0123456789ABCDEF01234567"

/* A secret access key is known only by what stands beside it. */
static const struct row key_pairs[] = {
	{ID ":" KEY, ID ":<secret-access-key>", "guide"},
	{KEY " of ASIAIOSFODNN7EXAMPLE",
	 "<secret-access-key> of ASIAIOSFODNN7EXAMPLE", "guide"},
	{"id = " ID "\nkey = " KEY "\n", "id = " ID "\nkey = "
	 "<secret-access-key>\n", "guide"},
	{"User,ID,Key\r\nbob," ID "," KEY "\r\neve,AKIAI44QH8DHBEXAMPLE,"
	 "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
	 "User,ID,Key\r\nbob," ID ",<secret-access-key>\r\neve,"
	 "AKIAI44QH8DHBEXAMPLE,<secret-access-key>", "console"},
	{"aws_secret_access_key=" KEY " aws_access_key_id=" ID " or " KEY,
	 "aws_secret_access_key=<secret-access-key> aws_access_key_id=" ID
	 " or <secret-access-key>", "told once"},
	{"(" ID "," KEY ").", "(" ID ",<secret-access-key>).", "guide"},
	{"AKIA0123456789ABCDEZ " DIGITS38 "zZ",
	 "AKIA0123456789ABCDEZ <secret-access-key>", "digits, z and Z"},
	{ID " " DIGITS38 "aA", ID " <secret-access-key>", "digits, a and A"},
	{ID " has " KEY ".", ID " has <secret-access-key>.", "a sentence"},
	{KEY "%2C" ID "%2C" KEY, "<secret-access-key>%2C" ID
	 "%2C<secret-access-key>", "encoded, before and behind"},
	{"%20" KEY "%20" ID "%20pwd%3Dy", "%20<secret-access-key>%20" ID
	 "%20pwd%3D<password>", "encoded from the first byte on"},
	{"pwd%3Dx%20" KEY "%20" ID "%20pwd%3Dy", "pwd%3D<password>%20"
	 "<secret-access-key>%20" ID "%20pwd%3D<password>",
	 "encoded, among others"},
	{KEY, NULL, "alone"},
	{ID, NULL, "pivot"},
	{ID " " ID, NULL, "pivot"},
	{"AKIAIOSFODNN7EXAMPL " KEY, NULL, "a shorter id"},
	{ID "S " KEY, NULL, "a longer id"},
	{"S" ID " " KEY, NULL, "inside a word"},
	{"AKIDIOSFODNN7EXAMPLE " KEY, NULL, "no id"},
	{"AKIaIOSFODNN7EXAMPLE " KEY, NULL, "no id"},
	{"AKIAiOSFODNN7EXAMPLE " KEY, NULL, "no id"},
	{"AKIAIOSFODNN7eXAMPLE " KEY, NULL, "no id"},
	{ID " " LOWER40, NULL, "a commit"},
	{ID " " UPPER40, NULL, "a digest"},
	{ID " " KEY "x", NULL, "41 characters"},
	{ID " x" KEY, NULL, "41 characters"},
	{ID " ." KEY, NULL, "a piece of a word"},
	{ID " " KEY "_", NULL, "a piece of a word"},
	{ID " " KEY "=", NULL, "base64 of something else"},
	{"AKI", NULL, "cut off"},
	{"AKIA", NULL, "cut off"},
	{"KIAIOSFODNN7EXAMPLE", NULL, "cut off"},
};

/* What is cut off, empty or nearly one. */
static const struct row edges[] = {
	{"ghp_short, and more than forty bytes of other text behind it", NULL,
	 "too short, in a long text"},
	{"xyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", NULL, "no JWT"},
	{"xeyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", NULL, "inside a word"},
	{"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0", NULL, "two parts"},
	{"eyJhbGciOiJIUzI1NiJ9.eyJ", NULL, "a second part that is cut"},
	{"eyJ.eyJh.", "<token>", "the shortest"},
	{"a JJ and a J", NULL, "the mark alone"},
	{"-----BEGIN 0123456789012345678901234567890123456789012345678901234567"
	 "890123456789012345678901234567890123456789 PRIVATE KEY-----", NULL,
	 "a label longer than any"},
	{"-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY",
	 "<private-key>", "an end that is cut"},
	{"-----BEGIN EC PRIVATE KEY", "<private-key>", "a label that is cut"},
	{"-----BEGINNING PRIVATE KEY-----", NULL, "another word"},
	{"XuTTY-User-Key-File-2: ssh-rsa", NULL, "another program"},
	{"PuTTY-User-Key", NULL, "cut off"},
	{"https://alice:@example.com/", NULL, "an empty password"},
	{"https://example.com#a:b@c", NULL, "a fragment"},
	{"https://u@x:y", NULL, "a colon behind the sign"},
	{"https://a:b:c@example.com", "https://a:<password>@example.com",
	 "colons in a password"},
	{"https://a:b@c@example.com", "https://a:<password>@example.com",
	 "a sign in a password"},
	{"ftp://a:b@", "ftp://a:<password>@", "nothing behind it"},
	{"a://", NULL, "cut off"},
	{"https://s/?u=%3Fpassword%3Dx%20y", "https://s/?u=%3Fpassword%3D"
	 "<password>%20y", "encoded: up to a blank"},
	{"https://s/?u=%22password%3Dx%22y", "https://s/?u=%22password%3D"
	 "<password>%22y", "encoded: up to a quote"},
	{"https://s/?u=password%3Dx%2Fy", "https://s/?u=password%3D<password>",
	 "encoded: a slash is part of it"},
	{"x=1%26sig=abc", "x=1%26sig=<signature>", "an escape before the name"},
	{"50%secret=abc", "50%secret=<secret>", "no escape before it"},
	{"u=password%3Dx%20", "u=password%3D<password>%20",
	 "a blank at the end"},
	{"u=password%3Dx%2", "u=password%3D<password>", "encoded and cut"},
	{"u=password%3dx", "u=password%3d<password>", "encoded, lower case"},
	{"u=password%3Fx", NULL, "another sign encoded"},
	{"u=password%3D", NULL, "encoded and empty"},
	{"u=password%3", NULL, "a sign that is cut"},
	{"password=a%20b&x", "password=<password>&x", "not encoded"},
	{"password: a%20b", "password: <password>", "not encoded"},
	{"--password a%20b", "--password <password>", "not encoded"},
	{"Authorization: Basic a%20b", "Authorization: Basic <authorization>",
	 "not encoded"},
	{"Authorization: a%20b", "Authorization: <authorization>",
	 "not encoded"},
	{"password='a\\'b' c", "password='<password>' c", "an escaped quote"},
	{"password='a\\", "password='<password>", "a backslash at the end"},
	{"password='abc", "password='<password>", "an open quote"},
	{"password=\\'abc\\' d", "password=\\'<password>\\' d",
	 "escaped quotes"},
	{"password=\\\"a\\n", "password=\\\"<password>", "escaped and open"},
	{"password=\\\"a\\", "password=\\\"<password>", "escaped and cut"},
	{"password=\\", NULL, "a backslash ends it"},
	{"password=ab\\n", "password=<password>\\n", "a backslash ends it"},
	{"password=$(pass db)", NULL, "a reference"},
	{"password=${", NULL, "a reference that is cut"},
	{"password=$x", "password=<password>", "a shell's own word"},
	{"password=undefined", NULL, "none"},
	{"password=trueish", "password=<password>", "more than a word"},
	{"Cookie: a=b", "Cookie: <cookie>", "to the end"},
	{"Cookie: a=b\rX: y", "Cookie: <cookie>\rX: y", "to the line's end"},
	{"{'Cookie': a=b\" c", "{'Cookie': \"<cookie>\"\" c", "to the quote"},
	{"Cookie=", NULL, "empty"},
	{"Authorization=", NULL, "empty"},
	{"Authorization: Bearer", "Authorization: <authorization>",
	 "a scheme or all there is"},
	{"Authorization: Bearer ", "Authorization: <authorization> ",
	 "a scheme or all there is"},
	{"Authorization: (x)", NULL, "no scheme"},
	{"Authorization: ;", NULL, "empty"},
	{"password : hunter2", "password : <password>", "a blank before it"},
	{"password:hunter2", NULL, "as in an ARN"},
	{"password:", NULL, "a sign at the end"},
	{"password: ", NULL, "a blank at the end"},
	{"pw=x", NULL, "no key"},
	{"pwd=abcd", "pwd=<password>", "as short as it may be"},
	{"pwd=abc", NULL, "shorter"},
	{" ", NULL, "a blank"},
	{"=x", NULL, "no key"},
	{"a=password=b", "a=password=<password>", "a key as a value"},
	{"password=secret=b", "password=<password>", "a pair as a value"},
	{"x--password hunter2", NULL, "inside a word"},
	{"--password", NULL, "cut off"},
	{"--password ", NULL, "cut off"},
	{"--password  hunter2", "--password  <password>", "two blanks"},
	{"--password\thunter2", NULL, "no blank"},
	{"--pwd hunter2", "--pwd <password>", "as short as it may be"},
	{"-- hunter2", NULL, "no key"},
	{"--db_password hunter2", "--db_password <password>", "underscores"},
	{"--pw x", NULL, "no key"},
	{"--verbose hunter2", NULL, "no key"},
	{"a - b -", NULL, "dashes"},
	{"xBearer q8Zr1LmX0vTb7NcY3k", NULL, "inside a word"},
	{"Bearer q8Zr1LmX0vTb7NcY", "Bearer <authorization>", "16 characters"},
	{"Bearer q8Zr1LmX0vTb7Nc", NULL, "15 characters"},
	{"Bearer q-Zr.LmX.vTb.Nc0", "Bearer <authorization>", "a digit"},
	{"Bearer q-Zr.LmX.vTb.Nc9", "Bearer <authorization>", "a digit"},
	{"Bearer ==============AB", "Bearer <authorization>", "signs"},
	{"Basic dXNlcjpwYXNzdXNlcjpw", NULL, "base64 without a digit or sign"},
	{"Basic dXNlcjpwYXNzd29yZA==", "Basic <authorization>", "RFC 7617"},
	{"Basic YWxpY2U6aHVudGVyMg", "Basic <authorization>", "digits"},
	{"Bea", NULL, "cut off"},
	{"B", NULL, "cut off"},
};

static void tokens_are_known_by_their_beginnings(void **state)
{
	(void)state;
	CHECK(tokens, false);
}

static void private_keys_are_secret_and_public_ones_are_not(void **state)
{
	(void)state;
	CHECK(keys, false);
}

static void only_the_secret_part_of_an_address_is_masked(void **state)
{
	(void)state;
	CHECK(urls, false);
}

static void only_the_secret_part_of_a_text_is_masked(void **state)
{
	(void)state;
	CHECK(texts, false);
}

static void a_secret_access_key_is_known_beside_its_id(void **state)
{
	(void)state;
	CHECK(key_pairs, false);
}

static void what_is_cut_or_nearly_a_secret_is_judged(void **state)
{
	(void)state;
	secret_find_free(NULL);
	CHECK(edges, false);
}

static void parts_that_were_freed_are_none(void **state)
{
	struct secret_parts parts = {0};

	(void)state;
	for (int i = 0; i < 2; i++) {
		secret_parts_add(&parts, (struct secret_part){1, 2, 1, false});
		assert_int_equal(parts.count, 1);
		secret_parts_free(&parts);
		assert_int_equal(parts.count, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_are_known_by_their_beginnings),
		cmocka_unit_test(private_keys_are_secret_and_public_ones_are_not),
		cmocka_unit_test(only_the_secret_part_of_an_address_is_masked),
		cmocka_unit_test(only_the_secret_part_of_a_text_is_masked),
		cmocka_unit_test(a_secret_access_key_is_known_beside_its_id),
		cmocka_unit_test(what_is_cut_or_nearly_a_secret_is_judged),
		cmocka_unit_test(parts_that_were_freed_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
