{
  "title": "__Feature_words__"
}
