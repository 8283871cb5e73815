#include "base/crypto.hpp"

// The direct SHA-256 functions are deprecated in favour of EVP; see sha256().
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <sodium.h>
#include <sodium/randombytes_internal_random.h>

#include <algorithm>

#include "base/result.hpp"

namespace lianxin {

static_assert(SHA256_DIGEST_LENGTH == std::tuple_size_v<Digest>);
static_assert(crypto_generichash_BYTES == std::tuple_size_v<Digest>);
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == std::tuple_size_v<SecretKey>);
static_assert(crypto_sign_SECRETKEYBYTES == std::tuple_size_v<decltype(SigningKey::secret)>);

namespace {
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
}  // namespace

// An entry takes a nonce, salts and keys, each of which would ask the kernel; libsodium's own generator is
// seeded there once and goes on by itself, each thread with a state of its own.
void start_crypto() {
    randombytes_set_implementation(&randombytes_internal_implementation);
    if (sodium_init() < 0) throw Fault("the crypto library could not be started");
}

Digest sha256(BytesView data) {
    return sha256({data});
}

// OpenSSL's uses the processor's own instructions (libsodium's does not); its newer interface looks the
// algorithm up and allocates at every hash, which costs more than the hash of a short field.
Digest sha256(std::initializer_list<BytesView> pieces) {
    SHA256_CTX state;
    SHA256_Init(&state);
    for (const BytesView piece : pieces) SHA256_Update(&state, piece.data(), piece.size());
    Digest digest;
    SHA256_Final(digest.data(), &state);
    return digest;
}

Bytes random_bytes(std::size_t count) {
    Bytes bytes(count);
    randombytes_buf(bytes.data(), count);
    return bytes;
}

bool equal_in_constant_time(BytesView a, BytesView b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

SecretKey random_key() {
    SecretKey key;
    randombytes_buf(key.data(), key.size());
    return key;
}

Bytes seal(const SecretKey& key, BytesView plain, std::string_view context) {
    Bytes sealed(nonce_size + plain.size() + tag_size);
    randombytes_buf(sealed.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_size, nullptr, plain.data(),
                                               plain.size(), as_bytes(context).data(), context.size(),
                                               nullptr, sealed.data(), key.data());
    return sealed;
}

std::optional<Bytes> unseal(const SecretKey& key, BytesView sealed, std::string_view context) {
    if (sealed.size() < nonce_size + tag_size) return {};
    Bytes plain(sealed.size() - nonce_size - tag_size);
    const int broken = crypto_aead_xchacha20poly1305_ietf_decrypt(
        plain.data(), nullptr, nullptr, sealed.data() + nonce_size, sealed.size() - nonce_size,
        as_bytes(context).data(), context.size(), sealed.data(), key.data());
    if (broken != 0) return {};
    return plain;
}

Digest keyed_hash(const SecretKey& key, BytesView data) {
    Digest digest;
    crypto_generichash(digest.data(), digest.size(), data.data(), data.size(), key.data(), key.size());
    return digest;
}

SecretKey derive_key(const SecretKey& master, std::string_view purpose) {
    return keyed_hash(master, as_bytes(purpose));
}

SigningKey SigningKey::from_seed(const SecretKey& seed) {
    SigningKey key;
    crypto_sign_seed_keypair(key.open.data(), key.secret.data(), seed.data());
    return key;
}

Signature sign(const SigningKey& key, BytesView message) {
    Signature signature;
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), key.secret.data());
    return signature;
}

bool verify(BytesView open_key, BytesView message, BytesView signature) {
    if (open_key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES) return false;
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), open_key.data()) ==
           0;
}

std::string hash_password(std::string_view password, PasswordCost cost) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const int failed = crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.ops,
                                             cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) throw Fault("no memory to hash a password");
    return text.data();
}

bool password_matches(std::string_view hash, std::string_view password) {
    if (hash.size() >= crypto_pwhash_STRBYTES) return false;
    std::array<char, crypto_pwhash_STRBYTES> text{};
    std::copy(hash.begin(), hash.end(), text.begin());
    return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

}  // namespace lianxin
