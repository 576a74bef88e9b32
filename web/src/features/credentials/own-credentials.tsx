export default function OwnCredentials() {
  return null;
}
